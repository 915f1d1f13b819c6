/* fault.h: what the tests of the five articles share.
 *
 * Raw calls are haft_model_NAME, guarded ones haft_shim_NAME: what a program without and with <haft/shim.h> has. The
 * system's own counters (haft_model_handles, ...) say what happened; Haft's findings say only what Haft believes. */
#ifndef HAFT_TESTS_FAULT_H
#define HAFT_TESTS_FAULT_H

#include "harness/test.h"
#include "shim/shims.h"

#include <haft.h>

#define HAFT_MODEL_NO_NAMES
#include <haft/model.h>

#if defined(__GNUC__) || defined(__clang__)
#define FAULT_NOINLINE __attribute__((noinline))
#else
#define FAULT_NOINLINE __declspec(noinline)
#endif

/* Boots, and puts every setting and finding back to what it is at the start. Nothing may be tracked: false, and the test
 * fails, if anything is. */
bool fault_boot(haft_model_version version);

/* The last finding since fault_boot, with copies of its strings, and how many there were of all kinds. For tests of one thread. */
typedef struct fault_heard {
    unsigned times;
    haft_finding f;
    char opened[160], at[160], quirk[16], name[256], text[1024];
} fault_heard;
extern fault_heard fault_last;

/* Every level to this. */
void fault_levels(haft_level level);

/* How often a kind was found since fault_boot. */
uint64_t fault_found(haft_finding_kind kind);

/* The first line of haft_report_text. */
const char *fault_report(char *line, size_t size);

/* Whether a site, MODULE+0xOFFSET, is a call in the function. */
bool fault_site_is_in(const char *site, void (*function)(void));
#define SITE_IS_IN(site, function) fault_site_is_in((site), (void (*)(void))(function))

/* Runs body(0) ... body(count - 1), each on a thread of the host's, and waits for all of them. */
void fault_threads(unsigned count, void (*body)(unsigned number));

/* What RasDial is asked for. */
RASDIALPARAMSA fault_dial_params(void);

/* The port in use, to be changed in part. Booting puts the model's own back. */
haft__nt_port *fault_port(void);

#endif
