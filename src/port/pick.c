/* pick.c: which NT port is in use. */
#include "base/atomic.h"
#include "port/port.h"

#if defined(HAFT_WINDOWS)
#define FIRST haft__port_win32
#else
#define FIRST haft__port_model
#endif

static haft__aptr in_use = { (void *)&FIRST };

const haft__nt_port *haft__nt(void) { return haft__loadptr(&in_use); }

void haft__nt_use(const haft__nt_port *port) { haft__storeptr(&in_use, (void *)(port ? port : &FIRST)); }
