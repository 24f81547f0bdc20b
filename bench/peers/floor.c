// The dry job by hand: sums in double in the order of the list, one rounding to float, one to 24 bits.
// Reads each file once, writes in large blocks. Knows no cues, no checks, no other format.
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 8192, HEADER = 44 };

typedef struct { long samples; const uint8_t *bytes; float *values; } Sound;
typedef struct { int sound; long start; double gain; } Placement;

static float sample(const uint8_t *at) {
  return (float)((int32_t)((uint32_t)at[0] << 8 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 24) >> 8) / 8388608.0f;
}

static void put32(uint8_t *at, uint32_t value) { memcpy(at, &value, 4); }

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *list = fopen(argv[1], "r");
  long total;
  int soundCount, placementCount;
  if (!list || fscanf(list, "%ld %d %d", &total, &soundCount, &placementCount) != 3) return 1;
  Sound *sounds = calloc(soundCount, sizeof *sounds);
  Placement *placements = calloc(placementCount, sizeof *placements);
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

  static double sum[2 * BLOCK];
  static float decoded[2 * BLOCK];
  static uint8_t packed[6 * BLOCK];
  for (long from = 0; from < total; from += BLOCK) {
    long count = total - from < BLOCK ? total - from : BLOCK;
    memset(sum, 0, sizeof sum);
    for (int p = 0; p < placementCount; p++) {
      const Placement *place = &placements[p];
      const Sound *sound = &sounds[place->sound];
      long first = place->start > from ? place->start : from;
      long end = place->start + sound->samples;
      if (end > from + count) end = from + count;
      if (first >= end) continue;
      long length = 2 * (end - first);
      const float *values = decoded;
      if (sound->values) {
        values = sound->values + 2 * (first - place->start);
      } else {
        const uint8_t *bytes = sound->bytes + 6 * (first - place->start);
        for (long n = 0; n < length; n++) decoded[n] = sample(bytes + 3 * n);
      }
      double *into = sum + 2 * (first - from);
      for (long n = 0; n < length; n++) into[n] += (double)values[n] * place->gain;
    }
    for (long n = 0; n < 2 * count; n++) {
      int32_t value = (int32_t)nearbyint((double)(float)sum[n] * 8388608.0);
      packed[3 * n] = value;
      packed[3 * n + 1] = value >> 8;
      packed[3 * n + 2] = value >> 16;
    }
    if (write(out, packed, 6 * count) != 6 * count) return 1;
  }
  return close(out) ? 1 : 0;
}
