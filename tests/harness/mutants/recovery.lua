-- recovery.lua: mutants that close without proof (7), or that take a guard away from its article.

return {
    -- ---- 7: recovery needs its proofs ----
    { name = "a-live-thread-is-recovered", area = 7, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[if (!nt->thread_info((HANDLE)(uintptr_t)raw, &t) || !t.ended) return false;]],
      new = [[if (!nt->thread_info((HANDLE)(uintptr_t)raw, &t)) return false;]] },
    { name = "another-start-is-recovered", area = 7, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[t.start != (uint64_t)(uintptr_t)ask->start || ]],
      new = [[]] },
    { name = "another-processs-thread-is-recovered", area = 7, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[ || t.process != nt->process_id(ask->process)) return false;]],
      new = [[) return false;]] },
    { name = "an-older-thread-is-recovered", area = 7, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[if (t.created < fence->since || t.created > nt->now()) return false;]],
      new = [[(void)fence;]] },
    { name = "another-error-is-recovered", area = 7, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[return nt->error_of_status(t.exit_code) == error;]],
      new = [[return (void)error, true;]] },
    { name = "one-of-two-threads-is-recovered", area = 7, file = "src/types/guard_thread.c", groups = "q246691",
      old = [[v.proved = fit == 1 && count]],
      new = [[v.proved = fit >= 1 && count]] },
    { name = "one-of-two-tokens-is-recovered", area = 7, file = "src/types/guard_dial.c", groups = "q197517",
      old = [[if (left == 1 && !doubt]],
      new = [[if (left >= 1 && !doubt]] },
    { name = "a-doubtful-token-is-recovered", area = 7, file = "src/types/guard_dial.c", groups = "q197517",
      old = [[if (left == 1 && !doubt]],
      new = [[if (left == 1]] },
    { name = "another-processs-token-is-recovered", area = 7, file = "src/types/guard_dial.c", groups = "q197517",
      old = [[if (!haft__nt()->token_is_own((HANDLE)(uintptr_t)list[i])) continue;]],
      new = [[]] },
    { name = "anothers-token-is-closed-at-hang-up", area = 7, file = "src/types/guard_dial.c", groups = "q197517",
      old = [[bool closed = ours && haft__nt()->token_is_own(token)]],
      new = [[bool closed = haft__nt()->token_is_own(token)]] },
    { name = "a-fence-that-could-not-ask-is-silent", area = 7, file = "src/core/fence.c", groups = "failcall sample_calls",
      old = [[    f->open = now != NULL;]],
      new = [[    f->open = true;]] },
    { name = "a-token-that-is-being-closed-is-taken", area = 7, file = "src/core/gate.c", groups = "q197517",
      old = [[if (!haft__load32(&armed)) return false;]],
      new = [[if (haft__load32(&armed) < 2) return false;]] },
    { name = "the-gate-stands-open", area = 7, file = "src/core/gate.c", row = "explore", groups = "fences",
      old = [[    if (haft__loadptr(&gate_holder) != me) {
        haft__lock(&gate);
        haft__storeptr(&gate_holder, me);
    }
    gate_depth++;
}

void haft__gate_unlock(void) {
    if (--gate_depth) return;
    haft__storeptr(&gate_holder, NULL);
    haft__unlock(&gate);
}]],
      new = [[    if (me == &gate) haft__lock(&gate), haft__unlock(&gate);
    (void)gate_holder, (void)gate_depth;
}

void haft__gate_unlock(void) {}]] },

    -- ---- the articles: the guard is gone ----
    { name = "keys-are-not-bounded", area = "Q179827", file = "src/shim/registry.c", groups = "q179827 q179827_default",
      old = [[return haft_quirk_active(HAFT_Q179827) || haft__limit_asked(HAFT_CLASS_KEY);]],
      new = [[return haft__limit_asked(HAFT_CLASS_KEY);]] },
    { name = "kernel-handles-are-let-through", area = "Q160650", file = "src/shim/shim.c", groups = "q160650",
      old = [[if (owner == HAFT_OWNER_KERNEL && !haft_quirk_active(HAFT_Q160650)) return true;]],
      new = [[if (owner == HAFT_OWNER_KERNEL) return true;]] },
    { name = "a-leaked-thread-is-left", area = "Q246691", file = "src/types/guard_thread.c", groups = "q246691",
      old = [[if (v.proved) v.proved = nt->CloseHandle]],
      new = [[if (v.proved && false) v.proved = nt->CloseHandle]] },
    { name = "device-names-are-not-declined", area = "Q235425", file = "src/types/guard_drive.c", groups = "q235425",
      old = [[c[3] == '\\') c += 4;]],
      new = [[c[3] == '\\') c += 3;]] },
    { name = "a-dials-token-is-left", area = "Q197517", file = "src/types/guard_dial.c", groups = "q197517",
      old = [[code == ERROR_SUCCESS ? find(]],
      new = [[code != ERROR_SUCCESS ? find(]] },
}
