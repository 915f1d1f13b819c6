/* component.h: the component that legacy.c and migrated.c work with. It opens an event in the process's handle table, lends it,
 * and closes it itself. */
#ifndef COMPONENT_H
#define COMPONENT_H

#ifdef HAFT_MODEL
#include <haft/model.h>
#else
#include <windows.h>
#endif

/* The component's event, signalled. It is opened by the first call. NULL: it cannot be had. */
HANDLE ComponentEvent(void);

/* The component goes, and closes its event. */
void ComponentStop(void);

#endif
