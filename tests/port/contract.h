/* contract.h: what every NT port keeps: one list of tests, which test_contract.c runs on the model and on the system.
 *
 * A body works on haft__nt() as it stands and leaves no handle behind; test_contract.c asks the system whether that is so. It
 * states only what holds on NT 4.0 and on every system since; where the systems differ, it says what each may answer. */
#ifndef HAFT_TESTS_CONTRACT_H
#define HAFT_TESTS_CONTRACT_H

#include "port/port.h"

#define CONTRACT(X) CONTRACT_HANDLES(X) CONTRACT_QUERIES(X) CONTRACT_REGISTRY(X) CONTRACT_TASKS(X) CONTRACT_OBJECTS(X)

/* contract_handles.c: the handle table */
#define CONTRACT_HANDLES(X) \
    X(the_table_has_no_gaps) \
    X(a_handle_moves_the_count_by_one) \
    X(closing_twice_fails) \
    X(a_success_keeps_the_last_error) \
    X(no_handle_is_null_or_made_up) \
    X(the_lowest_value_is_used_first) \
    X(the_low_two_bits_are_ignored) \
    X(closing_a_pseudo_handle_does_nothing) \
    X(duplicates_live_alone) \
    X(a_duplicate_can_replace_its_source) \
    X(a_failed_duplicate_closes_its_source_too) \
    X(a_pseudo_handle_becomes_a_real_one) \
    X(a_protected_handle_stays) \
    X(a_protected_source_stays) \
    X(threads_share_the_table)

/* contract_queries.c: what Haft asks the system */
#define CONTRACT_QUERIES(X) \
    X(handles_fills_no_more_than_it_may) \
    X(handles_tells_the_types) \
    X(queries_keep_the_last_error) \
    X(queries_refuse_what_is_no_handle) \
    X(the_version_is_an_nt) \
    X(a_status_has_an_error) \
    X(time_goes_on) \
    X(no_local_drive_is_remote)

/* contract_registry.c */
#define CONTRACT_REGISTRY(X) \
    X(a_key_opens_and_closes) \
    X(every_open_of_a_key_is_a_handle) \
    X(a_missing_key_is_not_found) \
    X(an_empty_subkey_gives_the_predefined_key_back) \
    X(a_key_is_created_then_opened) \
    X(a_key_has_one_name) \
    X(a_key_name_needs_room) \
    X(what_is_no_key_has_no_name) \
    X(the_local_registry_can_be_connected) \
    X(the_current_user_opens_where_it_can)

/* contract_tasks.c: threads, processes, tokens, services, connections */
#define CONTRACT_TASKS(X) \
    X(a_thread_runs_and_ends) \
    X(a_thread_may_end_as_if_active) \
    X(a_remote_thread_is_a_thread_of_its_process) \
    X(two_handles_tell_of_one_thread) \
    X(a_thread_opens_by_its_id_where_it_can) \
    X(a_process_has_an_id) \
    X(the_own_token_is_known) \
    X(a_thread_without_a_token_says_so) \
    X(a_token_needs_a_process) \
    X(a_service_manager_opens_or_says_why) \
    X(an_event_log_opens_or_says_why) \
    X(a_socket_needs_a_start) \
    X(a_dial_leaves_its_token_at_most)

/* contract_objects.c: files and the objects with names */
#define CONTRACT_OBJECTS(X) \
    X(a_name_is_one_object) \
    X(a_missing_name_is_not_found) \
    X(a_name_goes_with_its_last_handle) \
    X(a_name_has_one_kind) \
    X(a_semaphore_needs_room) \
    X(a_file_opens_and_closes) \
    X(a_missing_file_is_not_found) \
    X(a_search_is_closed_by_findclose) \
    X(a_change_notification_is_a_handle) \
    X(a_pipe_has_two_ends) \
    X(a_named_pipe_and_a_mailslot_are_handles) \
    X(a_view_outlives_its_mapping) \
    X(memory_and_heaps_go_back) \
    X(a_module_loads_or_is_not_found)

#define CONTRACT_DECLARE(body) void contract_##body(void);
CONTRACT(CONTRACT_DECLARE)
#undef CONTRACT_DECLARE

/* How many handles the process has, as the system tells. */
size_t contract_count(void);

/* An event without a name; never NULL, or the test ends. */
HANDLE contract_event(void);

/* Waits until the thread has ended. */
void contract_wait(HANDLE thread);

/* A thread that gives back its argument. */
DWORD WINAPI contract_thread(LPVOID exit_code);

/* Whether the system is one that uses the lowest free value first. */
bool contract_lowest_first(void);

/* What <haft/model_types.h> has no use for, with the SDK's values. */
#ifndef FILE_FLAG_DELETE_ON_CLOSE
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000
#endif
#ifndef ERROR_SERVICE_DOES_NOT_EXIST
#define ERROR_SERVICE_DOES_NOT_EXIST 1060L
#endif

#define CONTRACT_KEY "Software\\Haft contract" /* made below HKEY_CURRENT_USER, volatile */

#endif
