// A job by hand: sums in double in the order of the list, one rounding to float, one to 24 bits. Reads each
// file once, writes in large blocks, convolves by partitions. Knows no cues, no checks, no other format.
//
//   floor LIST OUT [RUNS]    mixes RUNS times in one process and prints the milliseconds of each
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 8192, HEADER = 44 };
// A room is convolved in blocks of 16384 samples, by transforms of twice that.
enum { PART = 16384, SIZE = 2 * PART };

typedef struct { long samples; const uint8_t *bytes; float *values; } Sound;
typedef struct { int sound; long start; double gain; } Placement;

static Sound *sounds;
static Placement *placements;
static int soundCount, placementCount, bedCount, roomSound;
static long total;

static float sample(const uint8_t *at) {
  return (float)((int32_t)((uint32_t)at[0] << 8 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 24) >> 8) / 8388608.0f;
}

static void put32(uint8_t *at, uint32_t value) { memcpy(at, &value, 4); }

// Stockham's transform, radix 4 and one radix 2, in float: no reversal of bits, and loops that gcc vectorises.
static float factorRe[SIZE], factorIm[SIZE], otherRe[SIZE], otherIm[SIZE];

static void transform(float *re, float *im) {
  float *restrict xr = re, *restrict xi = im, *restrict yr = otherRe, *restrict yi = otherIm;
  long n = SIZE, s = 1;
  while (n >= 4) {
    long m = n / 4;
    for (long p = 0; p < m; p++) {
      float ar = factorRe[p * s], ai = factorIm[p * s];
      float br = ar * ar - ai * ai, bi = 2 * ar * ai;
      float cr = ar * br - ai * bi, ci = ar * bi + ai * br;
      const float *r0 = xr + s * p, *i0 = xi + s * p;
      float *q0 = yr + s * 4 * p, *j0 = yi + s * 4 * p;
      for (long q = 0; q < s; q++) {
        float a0 = r0[q], a1 = i0[q], b0 = r0[q + s * m], b1 = i0[q + s * m];
        float c0 = r0[q + 2 * s * m], c1 = i0[q + 2 * s * m], d0 = r0[q + 3 * s * m], d1 = i0[q + 3 * s * m];
        float pr = a0 + c0, pi = a1 + c1, mr = a0 - c0, mi = a1 - c1;
        float sr = b0 + d0, si = b1 + d1, tr = b1 - d1, ti = d0 - b0;
        q0[q] = pr + sr;
        j0[q] = pi + si;
        float ur = mr + tr, ui = mi + ti, vr = pr - sr, vi = pi - si, wr = mr - tr, wi = mi - ti;
        q0[q + s] = ur * ar - ui * ai;
        j0[q + s] = ur * ai + ui * ar;
        q0[q + 2 * s] = vr * br - vi * bi;
        j0[q + 2 * s] = vr * bi + vi * br;
        q0[q + 3 * s] = wr * cr - wi * ci;
        j0[q + 3 * s] = wr * ci + wi * cr;
      }
    }
    float *t = xr; xr = yr; yr = t;
    t = xi; xi = yi; yi = t;
    n /= 4;
    s *= 4;
  }
  if (n == 2) {
    for (long q = 0; q < s; q++) {
      float ar = xr[q], ai = xi[q], br = xr[q + s], bi = xi[q + s];
      yr[q] = ar + br;
      yi[q] = ai + bi;
      yr[q + s] = ar - br;
      yi[q + s] = ai - bi;
    }
    float *t = xr; xr = yr; yr = t;
    t = xi; xi = yi; yi = t;
  }
  if (xr != re) {
    memcpy(re, xr, SIZE * sizeof(float));
    memcpy(im, xi, SIZE * sizeof(float));
  }
}

// Left and right go through one transform as real and imaginary part, and are told apart by symmetry.
typedef struct { float lr[SIZE / 2 + 1], li[SIZE / 2 + 1], rr[SIZE / 2 + 1], ri[SIZE / 2 + 1]; } Spectrum;
static Spectrum *response, *history;
static int parts;
static float workRe[SIZE], workIm[SIZE];

static void split(Spectrum *to) {
  for (long k = 0; k <= SIZE / 2; k++) {
    long m = (SIZE - k) & (SIZE - 1);
    float ar = workRe[k], ai = workIm[k], br = workRe[m], bi = workIm[m];
    to->lr[k] = (ar + br) / 2;
    to->li[k] = (ai - bi) / 2;
    to->rr[k] = (ai + bi) / 2;
    to->ri[k] = (br - ar) / 2;
  }
}

static void openRoom(const Sound *sound) {
  for (long k = 0; k < SIZE; k++) {
    factorRe[k] = cos(2 * M_PI * k / SIZE);
    factorIm[k] = -sin(2 * M_PI * k / SIZE);
  }
  parts = (sound->samples + PART - 1) / PART;
  response = calloc(parts, sizeof *response);
  history = calloc(parts, sizeof *history);
  for (int p = 0; p < parts; p++) {
    memset(workRe, 0, sizeof workRe);
    memset(workIm, 0, sizeof workIm);
    for (long n = 0; n < PART && p * (long)PART + n < sound->samples; n++) {
      workRe[n] = sound->values[2 * (p * (long)PART + n)];
      workIm[n] = sound->values[2 * (p * (long)PART + n) + 1];
    }
    transform(workRe, workIm);
    split(&response[p]);
  }
}

// `last` and `now`: the input of the block before and of this one, stereo. Leaves the wet block in `wet`.
static void convolve(long block, const float *last, const float *now, float *wet) {
  for (long n = 0; n < PART; n++) {
    workRe[n] = last[2 * n];
    workIm[n] = last[2 * n + 1];
    workRe[PART + n] = now[2 * n];
    workIm[PART + n] = now[2 * n + 1];
  }
  transform(workRe, workIm);
  split(&history[block % parts]);
  static Spectrum sum;
  memset(&sum, 0, sizeof sum);
  for (int p = 0; p < parts && p <= block; p++) {
    const Spectrum *restrict x = &history[(block - p) % parts], *restrict h = &response[p];
    for (long k = 0; k <= SIZE / 2; k++) {
      sum.lr[k] += x->lr[k] * h->lr[k] - x->li[k] * h->li[k];
      sum.li[k] += x->lr[k] * h->li[k] + x->li[k] * h->lr[k];
      sum.rr[k] += x->rr[k] * h->rr[k] - x->ri[k] * h->ri[k];
      sum.ri[k] += x->rr[k] * h->ri[k] + x->ri[k] * h->rr[k];
    }
  }
  // L + iR, with the parts changed over so that the forward transform is the inverse.
  for (long k = 0; k < SIZE; k++) {
    long m = k <= SIZE / 2 ? k : SIZE - k;
    float sign = k <= SIZE / 2 ? 1 : -1;
    workIm[k] = sum.lr[m] - sign * sum.ri[m];
    workRe[k] = sign * sum.li[m] + sum.rr[m];
  }
  transform(workRe, workIm);
  for (long n = 0; n < PART; n++) {
    wet[2 * n] = workIm[PART + n] / SIZE;
    wet[2 * n + 1] = workRe[PART + n] / SIZE;
  }
}

static double mostSum[2 * PART];
static float decoded[2 * PART];

static void add(int first, int end, long from, long count, double *sum) {
  memset(sum, 0, 2 * count * sizeof *sum);
  for (int p = first; p < end; p++) {
    const Placement *place = &placements[p];
    const Sound *sound = &sounds[place->sound];
    long start = place->start > from ? place->start : from;
    long stop = place->start + sound->samples;
    if (stop > from + count) stop = from + count;
    if (start >= stop) continue;
    long length = 2 * (stop - start);
    const float *values = decoded;
    if (sound->values) {
      values = sound->values + 2 * (start - place->start);
    } else {
      const uint8_t *bytes = sound->bytes + 6 * (start - place->start);
      for (long n = 0; n < length; n++) decoded[n] = sample(bytes + 3 * n);
    }
    double *into = sum + 2 * (start - from);
    for (long n = 0; n < length; n++) into[n] += (double)values[n] * place->gain;
  }
}

static int mix(int out) {
  static double hits[2 * PART];
  static float input[2][2 * PART], wet[2 * PART];
  static uint8_t packed[6 * PART];
  long step = roomSound >= 0 ? PART : BLOCK;
  for (long from = 0, block = 0; from < total; from += step, block++) {
    long count = total - from < step ? total - from : step;
    add(0, roomSound >= 0 ? bedCount : placementCount, from, count, mostSum);
    if (roomSound >= 0) {
      float *now = input[block & 1];
      memset(hits, 0, sizeof hits);
      add(bedCount, placementCount, from, count, hits);
      for (long n = 0; n < 2 * PART; n++) now[n] = hits[n];
      convolve(block, input[~block & 1], now, wet);
      for (long n = 0; n < 2 * count; n++) mostSum[n] += hits[n] + wet[n];
    }
    for (long n = 0; n < 2 * count; n++) {
      int32_t value = (int32_t)nearbyint((double)(float)mostSum[n] * 8388608.0);
      packed[3 * n] = value;
      packed[3 * n + 1] = value >> 8;
      packed[3 * n + 2] = value >> 16;
    }
    if (write(out, packed, 6 * count) != 6 * count) return 1;
  }
  memset(input, 0, sizeof input);
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *list = fopen(argv[1], "r");
  if (!list || fscanf(list, "%ld %d %d %d %d", &total, &soundCount, &placementCount, &bedCount, &roomSound) != 5) return 1;
  sounds = calloc(soundCount, sizeof *sounds);
  placements = calloc(placementCount, sizeof *placements);
  for (int s = 0; s < soundCount; s++) {
    char path[4096];
    if (fscanf(list, "%ld %4095[^\n]", &sounds[s].samples, path) != 2) return 1;
    int file = open(path, O_RDONLY);
    struct stat info;
    if (file < 0 || fstat(file, &info)) return 1;
    const uint8_t *bytes = mmap(0, info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED) return 1;
    close(file);
    sounds[s].bytes = bytes + HEADER;
    // What is played often is decoded once.
    if (sounds[s].samples < 480000) {
      sounds[s].values = malloc(2 * sounds[s].samples * sizeof(float));
      for (long n = 0; n < 2 * sounds[s].samples; n++) sounds[s].values[n] = sample(sounds[s].bytes + 3 * n);
    }
  }
  for (int p = 0; p < placementCount; p++) {
    double gainDb;
    if (fscanf(list, "%d %ld %lf", &placements[p].sound, &placements[p].start, &gainDb) != 3) return 1;
    placements[p].gain = gainDb == 0 ? 1 : pow(10, gainDb / 20);
  }
  fclose(list);
  if (roomSound >= 0) openRoom(&sounds[roomSound]);

  int out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (out < 0) return 1;
  uint8_t header[HEADER] = "RIFF....WAVEfmt ";
  put32(header + 4, 36 + total * 6);
  put32(header + 16, 16);
  put32(header + 20, 1 | 2 << 16);
  put32(header + 24, 48000);
  put32(header + 28, 48000 * 6);
  put32(header + 32, 6 | 24 << 16);
  memcpy(header + 36, "data", 4);
  put32(header + 40, total * 6);
  if (write(out, header, HEADER) != HEADER) return 1;
  for (int runs = argc > 3 ? atoi(argv[3]) : 1; runs > 0; runs--) {
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    lseek(out, HEADER, SEEK_SET);
    if (mix(out)) return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (argc > 3) printf("%.3f\n", (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) / 1e6);
  }
  return close(out) ? 1 : 0;
}
