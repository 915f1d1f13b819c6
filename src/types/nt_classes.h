/* nt_classes.h: the classes of the Win32 handles. */
#ifndef HAFT_SRC_NT_CLASSES_H
#define HAFT_SRC_NT_CLASSES_H

#include <haft/nt.h>

extern haft_class haft__class_handle;
extern haft_class haft__class_file;
extern haft_class haft__class_key;
extern haft_class haft__class_event;
extern haft_class haft__class_mutex;
extern haft_class haft__class_semaphore;
extern haft_class haft__class_timer;
extern haft_class haft__class_thread;
extern haft_class haft__class_process;
extern haft_class haft__class_token;
extern haft_class haft__class_mapping;
extern haft_class haft__class_view;
extern haft_class haft__class_find;
extern haft_class haft__class_change;
extern haft_class haft__class_module;
extern haft_class haft__class_pipe;
extern haft_class haft__class_mailslot;
extern haft_class haft__class_socket;
extern haft_class haft__class_service;
extern haft_class haft__class_eventlog;
extern haft_class haft__class_ras;
extern haft_class haft__class_local;
extern haft_class haft__class_heap;
extern haft_class haft__class_job;
extern haft_class haft__class_iocp;
extern haft_class haft__class_snapshot;
extern haft_class haft__class_console;
extern haft_class haft__class_wsaevent;

#endif
