/* The bench's two factories in plain C, each written for itself: no generality, one stream of numbers for each cause.
   gcc -O3 -march=native -ffp-contract=off -shared -fPIC -o factories.so factories.c -lm */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
typedef uint64_t u64;

static inline u64 mix(u64 z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}
static inline double unit(u64 *s) {
  *s += 0x9e3779b97f4a7c15ULL;
  return ((mix(*s) >> 11) + 0.5) * (1.0 / 9007199254740992.0);
}
static inline double expo(u64 *s, double mean) { return -mean * log(unit(s)); }

/* A line of n machines, blocking after service, failures by operating time: the max-plus recursion. Throughput. */
double line(int n, int buffer, double mean, double mttf, double mttr, long parts, int constant, u64 seed) {
  int rows = buffer + 1, slot = 0;
  double last[64], up[64], starved[64], blocked[64], *ring = calloc((size_t)n * rows, 8), t = 0;
  u64 process[64], fail[64];
  for (int j = 0; j < n; j++) {
    process[j] = mix(seed * 1000003u + 2 * j + 1);
    fail[j] = mix(seed * 1000003u + 2 * j + 2);
    last[j] = starved[j] = blocked[j] = 0;
    up[j] = expo(&fail[j], mttf);
  }
  for (long k = 0; k < parts; k++) {
    t = 0;
    for (int j = 0; j < n; j++) {
      double l = last[j], s = t > l ? t : l, p = constant ? mean : expo(&process[j], mean), f = p;
      starved[j] += s - l;
      if (__builtin_expect(f > up[j], 0)) {
        double rest = p;
        while (rest > up[j]) {
          rest -= up[j];
          f += expo(&fail[j], mttr);
          up[j] = expo(&fail[j], mttf);
        }
        up[j] -= rest;
      } else
        up[j] -= p;
      f += s;
      if (j < n - 1) {
        double room = ring[(j + 1) * rows + slot], d = f > room ? f : room;
        blocked[j] += d - f;
        f = d;
      }
      last[j] = f;
      ring[j * rows + slot] = f;
      t = f;
    }
    if (++slot == rows) slot = 0;
  }
  free(ring);
  return parts / t;
}

/* The re-entrant shop: 6 work centers, 14 machines, family setups, FIFO, failures by operating time (mttf 50, mttr 1),
   shared operators held during setup and processing. Mean flow time; *ops counts operations. */
#define CENTERS 6
static const int MACHINES[CENTERS] = {2, 3, 2, 3, 2, 2}, FAMILY[3] = {0, 1, 1}, FIRST[4] = {0, 8, 18, 30};
static const double SETUP[CENTERS] = {.10, .15, .10, .20, .10, .05}, RATE[3] = {.75, .60, .45};
static const int WHERE[30] = {0, 1, 2, 0, 3, 4, 1, 5, 0, 3, 2, 4, 0, 1, 3, 2, 5, 4, 1, 2, 3, 0, 4, 2, 1, 3, 0, 5, 4, 2};
static const double MEAN[30] = {.50, .80, .40, .45, .90, .50, .70, .60, .40, .70, .50, .60, .35, .90, .80,
                                .40, .50, .40, .60, .45, .60, .40, .35, .50, .70, .75, .30, .55, .45, .35};
typedef struct { double t; uint32_t seq; int id; } Event;
typedef struct { Event a[256]; int n; } Heap;
static inline int before(Event x, Event y) { return x.t < y.t || (x.t == y.t && x.seq < y.seq); }
static inline void put(Heap *h, Event e) {
  int i = h->n++;
  while (i) {
    int p = (i - 1) >> 1;
    if (!before(e, h->a[p])) break;
    h->a[i] = h->a[p];
    i = p;
  }
  h->a[i] = e;
}
static inline Event top(Heap *h) {
  Event *a = h->a, r = a[0], e = a[--h->n];
  int i = 0;
  for (;;) {
    int c = 2 * i + 1;
    if (c >= h->n) break;
    if (c + 1 < h->n && before(a[c + 1], a[c])) c++;
    if (!before(a[c], e)) break;
    a[i] = a[c];
    i = c;
  }
  a[i] = e;
  return r;
}
typedef struct { int *a, head, n, cap; } Ring;
static inline void join(Ring *r, int x) {
  if (r->n == r->cap) {
    int *b = malloc(8 * r->cap);
    for (int i = 0; i < r->n; i++) b[i] = r->a[(r->head + i) % r->cap];
    free(r->a);
    r->a = b, r->head = 0, r->cap *= 2;
  }
  int at = r->head + r->n++;
  r->a[at >= r->cap ? at - r->cap : at] = x;
}
static inline int leave(Ring *r) {
  int x = r->a[r->head];
  if (++r->head == r->cap) r->head = 0;
  r->n--;
  return x;
}

double shop(long jobs, int operators, double mttf, double mttr, u64 seed, long *ops) {
  Heap E = {.n = 0};
  Ring queue[CENTERS], idle[CENTERS], waiting = {malloc(256), 0, 0, 64};
  int M = 0, center[16], family[16], job_of[16], phase[16], free_ops = operators, cap = 1 << 16, spare = 0;
  int *product = malloc(4 * cap), *step = malloc(4 * cap), *stack = malloc(4 * cap);
  double *born = malloc(8 * cap), *work = malloc(8 * cap), up[16], left[16], busy[16] = {0}, down[16] = {0}, flow = 0;
  u64 arrive[3], process[CENTERS], fail[16];
  uint32_t seq = 0;
  long done = 0, count = 0;
  for (int i = cap - 1; i >= 0; i--) stack[spare++] = i;
  for (int k = 0; k < CENTERS; k++) {
    queue[k] = (Ring){malloc(256), 0, 0, 64};
    idle[k] = (Ring){malloc(256), 0, 0, 64};
    process[k] = mix(seed * 1000003u + 201 + k);
    for (int c = 0; c < MACHINES[k]; c++, M++) {
      center[M] = k, family[M] = -1;
      fail[M] = mix(seed * 1000003u + 301 + M);
      up[M] = mttf > 0 ? expo(&fail[M], mttf) : 1e300;
      join(&idle[k], M);
    }
  }
  for (int p = 0; p < 3; p++) {
    arrive[p] = mix(seed * 1000003u + 101 + p);
    put(&E, (Event){expo(&arrive[p], 1 / RATE[p]), seq++, 64 + p});
  }
#define GO(m, t) do { /* processing goes on until it ends or fails */                                  \
    if (left[m] > up[m]) { phase[m] = 1; put(&E, (Event){(t) + up[m], seq++, m}); }                      \
    else { phase[m] = 0; put(&E, (Event){(t) + left[m], seq++, m}); } } while (0)
#define RUN(m, t) do {                                                                                  \
    int j_ = job_of[m], k_ = center[m], f_ = FAMILY[product[j_]];                                        \
    left[m] = work[j_]; busy[m] += work[j_];                                                             \
    if (f_ != family[m]) { family[m] = f_; phase[m] = 3; put(&E, (Event){(t) + SETUP[k_], seq++, m}); }  \
    else GO(m, t); } while (0)
  while (done < jobs) {
    Event e = top(&E);
    double t = e.t;
    int job = -1, m = -1;
    if (e.id >= 64) {
      int p = e.id - 64;
      put(&E, (Event){t + expo(&arrive[p], 1 / RATE[p]), seq++, e.id});
      job = stack[--spare];
      product[job] = p, step[job] = FIRST[p], born[job] = t;
    } else {
      m = e.id;
      if (phase[m] == 3) { GO(m, t); continue; }
      if (phase[m] == 1) { /* fails */
        double r = expo(&fail[m], mttr);
        left[m] -= up[m], down[m] += r;
        up[m] = expo(&fail[m], mttf);
        GO(m, t + r);
        continue;
      }
      up[m] -= left[m];
      job = job_of[m];
      count++;
      if (operators) {
        free_ops++;
        if (waiting.n) { int w = leave(&waiting); free_ops--; RUN(w, t); }
      }
      if (++step[job] == FIRST[product[job] + 1]) { flow += t - born[job]; done++; stack[spare++] = job; job = -1; }
    }
    if (job >= 0) {
      int k = WHERE[step[job]];
      work[job] = MEAN[step[job]] * (0.5 + unit(&process[k]));
      join(&queue[k], job);
      if (m >= 0 && k != center[m] && idle[k].n) {
        int other = leave(&idle[k]);
        job_of[other] = leave(&queue[k]);
        if (operators && !free_ops) join(&waiting, other); else { free_ops--; RUN(other, t); }
      } else if (m < 0 && idle[k].n) {
        int other = leave(&idle[k]);
        job_of[other] = leave(&queue[k]);
        if (operators && !free_ops) join(&waiting, other); else { free_ops--; RUN(other, t); }
      }
    }
    if (m >= 0) {
      int k = center[m];
      join(&idle[k], m);
      while (queue[k].n && idle[k].n) {
        int next = leave(&idle[k]);
        job_of[next] = leave(&queue[k]);
        if (operators && !free_ops) join(&waiting, next); else { free_ops--; RUN(next, t); }
      }
    }
  }
  *ops = count;
  return flow / jobs;
}
