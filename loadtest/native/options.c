#include "client.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
  fprintf(stderr, "client: %s\n", what);
  exit(2);
}

static int number(const char *text, int low, int high, const char *name) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*end != 0 || value < low || value > high) {
    fprintf(stderr, "client: --%s takes a number from %d to %d, not '%s'\n", name, low, high, text);
    exit(2);
  }
  return (int)value;
}

/* `--step EXPECT SEND`: getopt gives EXPECT, SEND is the next word. */
static void add_step(struct dialect *d, int argc, char **argv) {
  if (d->step_count == STEPS_MAX || optind >= argc) fail("--step takes two texts, at most eight times");
  d->steps[d->step_count].expect = optarg;
  d->steps[d->step_count].send = argv[optind++];
  d->step_count++;
}

struct options read_options(int argc, char **argv) {
  static const struct option known[] = {
      {"port", 1, 0, 'p'},   {"sockets", 1, 0, 'n'}, {"sources", 1, 0, 'a'}, {"in-flight", 1, 0, 'f'},
      {"nap", 1, 0, 'z'},    {"path", 1, 0, 'u'},    {"header", 1, 0, 'h'},  {"greet", 1, 0, 'g'},
      {"step", 1, 0, 's'},   {"sub", 1, 0, 'b'},     {"resub", 1, 0, 'c'},   {"ready", 1, 0, 'r'},
      {"delivery", 1, 0, 'd'}, {"ping", 1, 0, 'i'},  {"pong", 1, 0, 'o'},    {"lines", 0, 0, 'l'},
      {"binary", 0, 0, 'y'},
      {"open-ms", 1, 0, 't'}, {0, 0, 0, 0}};
  struct options o = {.sockets = 100, .sources = 8, .in_flight = 256, .open_ms_max = 60000};
  struct dialect *d = &o.dialect;
  d->path = "/";
  int option;
  while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
    switch (option) {
      case 'p': o.port = (uint16_t)number(optarg, 1, 65535, "port"); break;
      case 'n': o.sockets = number(optarg, 1, 19900, "sockets"); break;
      case 'a': o.sources = number(optarg, 1, SOURCES_MAX, "sources"); break;
      case 'f': o.in_flight = number(optarg, 1, 4096, "in-flight"); break;
      case 'z': o.nap_us = number(optarg, 0, 500000, "nap"); break;
      case 't': o.open_ms_max = number(optarg, 100, 600000, "open-ms"); break;
      case 'u': d->path = optarg; break;
      case 'h':
        if (d->header_count == HEADERS_MAX) fail("--header at most four times");
        d->headers[d->header_count++] = optarg;
        break;
      case 'g': d->greet = optarg; break;
      case 's': add_step(d, argc, argv); break;
      case 'b': d->sub = optarg; break;
      case 'c': d->resub = optarg; break;
      case 'r': d->ready = optarg; break;
      case 'd': d->delivery = optarg; break;
      case 'i': d->ping = optarg; break;
      case 'o': d->pong = optarg; break;
      case 'y': d->binary = true; break;
      case 'l': d->lines = true; break;
      default: fail("unknown option");
    }
  }
  if (o.port == 0 || d->ready == NULL || d->delivery == NULL) fail("--port, --ready and --delivery are needed");
  if ((d->ping == NULL) != (d->pong == NULL)) fail("--ping and --pong go together");
  return o;
}
