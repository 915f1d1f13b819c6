-- program.lua: mutants that a program notices: in its errors (4), memory (6), behaviour (8), scopes (9), cost (10), output (11).

return {
    -- ---- 4: errno and the last error survive ----
    { name = "a-sink-spoils-errors", area = 4, file = "src/core/finding.c", groups = "finding",
      old = [[    haft__error_restore(error);
}]],
      new = [[    (void)error;
}]] },
    { name = "a-recovery-spoils-the-last-error", area = 4, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[        if (v.proved) v.proved = nt->CloseHandle((HANDLE)(uintptr_t)v.raw) != 0;]],
      new = [[        if (v.proved) v.proved = nt->CloseHandle((HANDLE)(uintptr_t)v.raw) != 0;
        error = 0;]] },
    { name = "a-new-site-spoils-errors", area = 4, file = "src/core/site.c", groups = "site",
      old = [[    haft__error_restore(error);
    return site;]],
      new = [[    (void)error;
    haft__host_set_last_error(0);
    return site;]] },

    -- ---- 6: without memory ----
    { name = "what-cannot-be-tracked-leaks", area = 6, file = "src/core/opening.c", groups = "failcall posix_failcall",
      old = [[    if (owner == HAFT_OWNER_USER) undo(o, raw);
]],
      new = [[]] },
    { name = "what-cannot-be-tracked-is-closed-uncounted", area = 5, file = "src/core/opening.c", groups = "opening",
      old = [[    if (owner == HAFT_OWNER_USER) undo(o, raw);
    haft__identity_release(o->identity);]],
      new = [[    haft__identity_release(o->identity);
    if (owner == HAFT_OWNER_USER) undo(o, raw);]] },
    { name = "what-cannot-be-tracked-counts", area = 6, file = "src/core/opening.c", groups = "opening",
      old = [[    haft__identity_release(o->identity);
    haft__found(&seen);]],
      new = [[    haft__found(&seen);]] },
    { name = "what-cannot-be-tracked-is-not-told", area = 6, file = "src/core/opening.c", groups = "report shim_effects",
      old = [[    haft__identity_release(o->identity);
    haft__found(&seen);
    return status;]],
      new = [[    haft__identity_release(o->identity);
    return status;]] },

    -- ---- 8: an unmodified program behaves as it did ----
    { name = "quirks-are-always-on", area = 8, file = "src/core/quirk.c", groups = "articles",
      old = [[default: return articles[quirk].always || has_fault(&articles[quirk]);]],
      new = [[default: return has_fault(&articles[quirk]) || true;]] },
    { name = "a-close-sets-the-last-error", area = 8, file = "src/shim/shim.c", groups = "shim_effects",
      old = [[    if (succeeded) return;
]],
      new = [[    if (succeeded) haft__nt()->set_last_error(ERROR_SUCCESS);
    if (succeeded) return;
]] },
    { name = "local-drives-are-declined", area = 8, file = "src/types/guard_drive.c", groups = "q235425",
      old = [[ || !haft__nt()->drive_is_remote(letter)) return false;]],
      new = [[) return false;]] },
    { name = "a-key-is-refused-before-it-is-handed-back", area = 8, file = "src/core/opening.c", groups = "q179827_names",
      old = [[if (met && perhaps) return]],
      new = [[if (met && perhaps && !ask->c) return]] },
    { name = "a-key-handed-back-is-an-open", area = 8, file = "src/types/nt_registry.c", groups = "q179827_names",
      old = [[*ret_same = key == ask->parent || haft__key_is_predefined(raw);]],
      new = [[*ret_same = false;]] },

    -- ---- 9: no scoped cleanup is a compile error ----
    { name = "no-cleanup-is-silent", area = 9, file = "include/haft/scope.h", check = "scope",
      old = [[#define HAFT_AUTO(T, name) haft__HAFT_AUTO_needs_a_compiler_with_scoped_cleanup__use_HAFT_SCOPE name[-1]
]],
      new = [[#define HAFT_AUTO(T, name) T name = HAFT_INIT
]] },
    { name = "cleanup-does-not-run", area = 9, file = "include/haft/scope.h", groups = "scope",
      old = [[#define HAFT_AUTO(T, name) T name __attribute__((cleanup(T##_end))) = HAFT_INIT]],
      new = [[#define HAFT_AUTO(T, name) T name = HAFT_INIT]] },

    -- ---- 10: no lock, no allocation ----
    { name = "tracking-allocates", area = 10, file = "src/core/opening.c", groups = "hold",
      old = [[    haft__life was;
    was.tag = 0;
    if (HAFT__UNLIKELY(haft__class_counted]],
      new = [[    haft__life was;
    was.tag = 0;
    extern void *haft__alloc(size_t bytes);
    extern void haft__free(void *memory);
    haft__free(haft__alloc(1));
    if (HAFT__UNLIKELY(haft__class_counted]] },
    { name = "closing-takes-a-lock", area = 10, file = "src/core/gate.h", groups = "hold",
      old = [[return HAFT__UNLIKELY(fenced) && haft__gate_close_armed();]],
      new = [[(void)fenced;
    return haft__gate_lock(), true;]] },

    -- ---- 11: nothing that was not asked for ----
    { name = "findings-are-printed", area = 11, file = "src/core/finding.c", groups = "finding",
      old = [[if (!to && (level == HAFT_LEVEL_FATAL]],
      new = [[if (!to && (true || level == HAFT_LEVEL_FATAL]] },
    { name = "a-warning-ends-the-program", area = 11, file = "src/core/finding.c", groups = "finding",
      old = [[    if (level == HAFT_LEVEL_FATAL) abort();]],
      new = [[    if (level >= HAFT_LEVEL_WARN) abort();]] },
    { name = "a-scopes-end-reports-a-kernel-handle", area = 11, file = "src/core/hold.c", groups = "scope owner",
      old = [[if (haft__tag_owner(h->tag) == HAFT_OWNER_KERNEL) *h = empty;]],
      new = [[if (false) *h = empty;]] },
}
