/* calls_all.h: every scenario of the differential test: a source file that includes this is one of its two sides. */
#include "calls.h"

#include "calls_crt.h"
#include "calls_files.h"
#include "calls_handles.h"
#include "calls_memory.h"
#include "calls_net.h"
#include "calls_objects.h"
#include "calls_registry.h"
#include "calls_security.h"
#include "calls_services.h"
#include "calls_tasks.h"
