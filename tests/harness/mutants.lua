-- mutants.lua: small changes that break the library, each of which a test must notice: `premake4 mutate` makes them one by one.
--
-- area: the invariant it breaks, the article it undoes, or the part it harms. old stands in the file exactly once. groups: of the
-- library's tests, in this order until one fails; all when there are none. check: a check of tests/check instead. row: what it is
-- built as, where that is not `mutants`; in the row `explore` no yield is needed for the orders that fail to be seen.

return {
    -- ---- 1: closed exactly once ----
    { name = "any-life-ends", area = 1, file = "src/core/ledger.h", groups = "hold ledger",
      old = [[was->tag != tag || !haft__cas64(&e->word, tag, tag & ~HAFT__LIVE)]],
      new = [[!haft__cas64(&e->word, was->tag, was->tag & ~HAFT__LIVE)]] },
    { name = "a-life-ends-without-exchange", area = 1, file = "src/core/ledger.h", groups = "race",
      old = [[if (HAFT__UNLIKELY(was->tag != tag || !haft__cas64(&e->word, tag, tag & ~HAFT__LIVE))) return false;]],
      new = [[extern void haft__yield(unsigned turns);
    if (was->tag != tag) return false;
    haft__yield(99);
    haft__store64(&e->word, tag & ~HAFT__LIVE);]] },
    { name = "closed-before-its-life-ends", area = 1, file = "src/core/hold.c", groups = "hold",
      old = [[    if (!haft__end_life(place_of(gone, c), gone.tag, haft__site_of(at), &was)) {
        haft__gate_closed(held);
        return close_untracked(gone, c, at);
    }
    haft_status status = system_close(gone, c, was, held, at);]],
      new = [[    if (!is_live(gone, c)) {
        haft__gate_closed(held);
        return close_untracked(gone, c, at);
    }
    haft_status status = system_close(gone, c, haft__look(place_of(gone, c)), held, at);
    haft__end_life(place_of(gone, c), gone.tag, haft__site_of(at), &was);]] },
    { name = "a-value-has-one-generation", area = 1, file = "src/core/ledger.h", groups = "hold",
      old = [[*ret_tag = haft__tag(haft__tag_generation(word) + HAFT__GENERATION_ONE, birth->class_id, birth->owner);]],
      new = [[*ret_tag = haft__tag(haft__tag_generation(word) | HAFT__GENERATION_ONE, birth->class_id, birth->owner);]] },
    { name = "hashed-generations-restart", area = 1, file = "src/core/hashed.c", groups = "ledger hold",
      old = [[if (generation > s->generation) s->generation = generation;]],
      new = [[(void)generation;]] },
    { name = "any-holder-fits", area = 1, file = "src/core/holders.c", groups = "holders",
      old = [[: holder == tag;]],
      new = [[: true;]] },
    { name = "copies-from-before-sharing-fit-again", area = 1, file = "src/core/tag.h", groups = "owner",
      old = [[haft__tag_owned_by(tag + HAFT__RETURNS_ONE, owner);]],
      new = [[haft__tag_owned_by(tag, owner);]] },

    { name = "a-life-ends-by-a-store", area = 1, file = "src/core/ledger.h", row = "explore", groups = "lives",
      old = [[if (HAFT__UNLIKELY(was->tag != tag || !haft__cas64(&e->word, tag, tag & ~HAFT__LIVE))) return false;]],
      new = [[if (was->tag != tag) return false;
    haft__store64(&e->word, tag & ~HAFT__LIVE);]] },
    { name = "a-declaration-is-a-store", area = 1, file = "src/core/ledger.h", row = "explore", groups = "lives",
      old = [[if (birth->adopted ? haft__cas64(&e->word, word, *ret_tag) : (haft__store64(&e->word, *ret_tag), true)) return HAFT_OK;]],
      new = [[haft__store64(&e->word, *ret_tag);
        return HAFT_OK;]] },
    { name = "a-raw-close-looks-once", area = 1, file = "src/shim/shim.c", row = "explore", groups = "lives",
      old = [[if (haft__end_life(closing->place, closing->life.tag, haft__site_of(at), &was)) return true;]],
      new = [[haft__end_life(closing->place, closing->life.tag, haft__site_of(at), &was);
        if (closing->raw) return true;]] },
    { name = "holders-are-not-locked", area = 1, file = "src/core/holders.c", row = "explore", groups = "sharing",
      old = [[    if (e) haft__lock(&lock);
    return e;
}

static void leave(haft__place place, haft__entry *e) {
    haft__unlock(&lock);]],
      new = [[    return e;
}

static void leave(haft__place place, haft__entry *e) {]] },
    { name = "holders-are-taken-without-their-lock", area = 1, file = "src/core/holders.c", row = "explore", groups = "sharing",
      old = [[    haft__lock(&lock);
    bool mine = haft__load64(&e->word) == word;
    if (mine) {
        *was = haft__entry_fields(e, word);
        was->holders = haft__loadptr(&e->holders);
        haft__storeptr(&e->holders, NULL);
        haft__store64(&e->word, word & ~HAFT__LIVE);
    }
    haft__unlock(&lock);]],
      new = [[    bool mine = haft__cas64(&e->word, word, word & ~HAFT__LIVE);
    if (mine) {
        *was = haft__entry_fields(e, word);
        was->holders = haft__loadptr(&e->holders);
        haft__storeptr(&e->holders, NULL);
    }]] },

    -- ---- 2: only USER and the last SHARED reach the system ----
    { name = "kernel-handles-close", area = 2, file = "src/core/hold.c", groups = "owner",
      old = [[if (haft__tag_owner(gone.tag) == HAFT_OWNER_KERNEL && is_live(gone, c)) return not_owner(gone, c, at);]],
      new = [[if (haft__tag_owner(gone.tag) == HAFT_OWNER_KERNEL && is_live(gone, c)) return close_user(gone, c, at);]] },
    { name = "borrowed-handles-close", area = 2, file = "src/core/hold.c", groups = "owner",
      old = [[    default: return HAFT_OK;
    }
}]],
      new = [[    default: c->close(gone.raw); return HAFT_OK;
    }
}]] },
    { name = "pseudo-handles-are-owned", area = 2, file = "src/core/hold.c", groups = "nt_invariants",
      old = [[bool pseudo = haft__class_is_pseudo(c, raw);]],
      new = [[bool pseudo = false;]] },
    { name = "each-holder-closes", area = 2, file = "src/core/holders.c", groups = "holders",
      old = [[    if (!gone.opening) return false;
]],
      new = [[    if (!gone.opening) return true;
]] },
    { name = "raw-code-closes-a-wrappers-handle", area = 2, file = "src/shim/shim.c", groups = "shim",
      old = [[return refuse(closing, HAFT_FINDING_NOT_OWNER, ERROR_ACCESS_DENIED);]],
      new = [[return true;]] },
    { name = "a-components-module-is-adopted-as-own", area = 2, file = "src/core/holders.c", groups = "holders",
      old = [[if (birth->adopted) return status;]],
      new = [[if (birth->adopted) return HAFT_OK;]] },

    -- ---- 3: the wrong closer is refused ----
    { name = "any-closer-adopts", area = 3, file = "src/core/ledger.c", groups = "hold nt_invariants",
      old = [[if (haft__class_closer(haft__tag_class(live)) != haft__class_closer(birth->class_id)) return HAFT_E_WRONG_CLASS;]],
      new = [[]] },
    { name = "a-cast-wrapper-closes", area = 3, file = "src/core/hold.c", groups = "nt_invariants",
      old = [[return HAFT__UNLIKELY(id != own) && haft__class_closer(id) != haft__class_closer(own);]],
      new = [[return HAFT__UNLIKELY(id != own) && false;]] },
    { name = "any-raw-closer-closes", area = 3, file = "src/shim/shim.c", groups = "shim",
      old = [[return refuse(closing, HAFT_FINDING_WRONG_CLASS, ERROR_INVALID_HANDLE);]],
      new = [[return true;]] },
    { name = "a-streams-descriptor-is-anybodys", area = 3, file = "src/types/posix.c", groups = "posix_streams",
      old = [[    haft__shadow_begin(descriptor(fd), class_id, &was);
]],
      new = [[    was.tag = 0;
]] },

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

    -- ---- 5: bounds hold, counters do not wrap ----
    { name = "the-bound-may-be-65535", area = 5, file = "src/core/settings.c", groups = "settings",
      old = [[if (bound > HAFT_LIMIT_MAX)]],
      new = [[if (bound > HAFT_LIMIT_MAX + 1)]] },
    { name = "one-open-more", area = 5, file = "src/core/identity.c", groups = "identity q179827",
      old = [[truth->opens >= bound]],
      new = [[truth->opens > bound]] },
    { name = "one-name-is-one-object-in-all-classes", area = 5, file = "src/core/identity.c", groups = "identity",
      old = [[id->class_id == claim->class_id && ]],
      new = [[]] },
    { name = "other-names-keep-their-count", area = 5, file = "src/core/identity.c", groups = "identity",
      old = [[    if (truth && truth != id) drop(truth);
    drop(id);]],
      new = [[    drop(id);]] },
    { name = "new-names-have-no-bound", area = 5, file = "src/core/identity.c", groups = "identity race",
      old = [[*ret_status = truth ? count_on(truth, claim->bound, ret_live) : HAFT_E_NOMEM;]],
      new = [[*ret_status = truth ? count_on(truth, 0, ret_live) : HAFT_E_NOMEM;]] },
    { name = "new-names-open-side-by-side", area = 5, file = "src/core/identity.c", groups = "q179827_names",
      old = [[void haft__resolve_lock(void) { haft__lock(&resolving); }
void haft__resolve_unlock(void) { haft__unlock(&resolving); }]],
      new = [[void haft__resolve_lock(void) { (void)resolving; }
void haft__resolve_unlock(void) {}]] },
    { name = "a-refused-key-is-closed-later", area = 5, file = "src/core/opening.c", groups = "q179827_names",
      old = [[undo(o, raw);
    o->resolving = false;
    haft__resolve_unlock();]],
      new = [[{
        extern void haft__yield(unsigned turns);
        haft__resolve_unlock();
        for (unsigned turns = 0; turns < 100; turns++) haft__yield(turns);
        haft__resolve_lock();
        undo(o, raw);
    }
    o->resolving = false;
    haft__resolve_unlock();]] },
    { name = "what-is-being-closed-no-longer-counts", area = 5, file = "src/core/hold.c", groups = "opening",
      old = [[    haft_status status = system_close(gone, c, was, held, at);
    /* until it is closed it counts, as it does in the system */
    if (HAFT__UNLIKELY(was.identity != NULL)) haft__identity_release(was.identity);]],
      new = [[    if (was.identity) haft__identity_release(was.identity);
    haft_status status = system_close(gone, c, was, held, at);]] },
    { name = "what-was-perhaps-no-open-is-let-through", area = 5, file = "src/core/opening.c", groups = "opening",
      old = [[    haft_status status = HAFT_E_LIMIT;
    if (o->identity)]],
      new = [[    haft_status status = HAFT_OK;
    if (o->identity)]] },
    { name = "generations-wrap", area = 5, file = "src/core/ledger.h", groups = "ledger",
      old = [[!(word & HAFT__LIVE) && word < HAFT__GENERATION_MASK]],
      new = [[!(word & HAFT__LIVE)]] },
    { name = "a-foreign-close-keeps-its-count", area = 5, file = "src/core/opening.c", groups = "opening",
      old = [[    else haft__identity_release(was->identity);
    if (haft__tag_owner]],
      new = [[    if (haft__tag_owner]] },
    { name = "the-bound-is-looked-at-and-counted-apart", area = 5, file = "src/core/identity.c", row = "explore", groups = "bounds",
      old = [[    haft__lock(&home_of(truth)->lock);
    haft_status status = count_on(truth, bound, ret_live);
    haft__unlock(&home_of(truth)->lock);
    return status;]],
      new = [[    haft__lock(&home_of(truth)->lock);
    haft_status status = count_on(truth, bound, ret_live);
    if (status == HAFT_OK) truth->opens--;
    haft__unlock(&home_of(truth)->lock);
    haft__lock(&home_of(truth)->lock);
    if (status == HAFT_OK) truth->opens++;
    haft__unlock(&home_of(truth)->lock);
    return status;]] },
    { name = "new-names-are-settled-unlocked", area = 5, file = "src/core/identity.c", row = "explore", groups = "bounds",
      old = [[void haft__resolve_lock(void) { haft__lock(&resolving); }
void haft__resolve_unlock(void) { haft__unlock(&resolving); }]],
      new = [[static void unlocked(haft__mutex *m) { (void)m; }
void haft__resolve_lock(void) { unlocked(&resolving); }
void haft__resolve_unlock(void) { unlocked(&resolving); }]] },

    -- ---- 6: without memory ----
    { name = "what-cannot-be-tracked-leaks", area = 6, file = "src/core/opening.c", groups = "failcall failcall_posix",
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

    -- ---- owners, report, settings, names ----
    { name = "a-stale-wrapper-gives-its-value", area = "owners", file = "src/core/hold.c", groups = "hold",
      old = [[    else stale(*h, c, at);
    return c->none[0];
}]],
      new = [[    else stale(*h, c, at);
    return h->raw;
}]] },
    { name = "a-loan-may-be-passed-on-as-own", area = "owners", file = "src/core/hold.c", groups = "owner",
      old = [[if (from == HAFT_OWNER_BORROWED || from == HAFT_OWNER_PSEUDO) return not_owner(*h, c, at);]],
      new = [[]] },
    { name = "a-protected-source-is-given-up", area = "owners", file = "src/shim/handles.c", groups = "shim",
      old = [[!haft__nt()->is_protected(source)]],
      new = [[true]] },
    { name = "strict-lets-through", area = "owners", file = "src/shim/shim.c", groups = "shim",
      old = [[bool strict = haft__strict();]],
      new = [[bool strict = false;]] },
    { name = "the-report-shows-least-first", area = "report", file = "src/core/report.c", groups = "report",
      old = [[return x->count < y->count ? 1 : -1;]],
      new = [[return x->count < y->count ? -1 : 1;]] },
    { name = "the-report-shows-control-characters", area = "report", file = "src/core/report.c", groups = "report",
      old = "haft__name_plain(name);",
      new = "" },
    { name = "unknown-words-are-ignored", area = "settings", file = "src/core/environment.c", groups = "settings",
      old = [[if (w.length && !take(w)) complain(w);]],
      new = [[if (w.length) take(w);]] },
    { name = "the-variable-has-the-last-word", area = "settings", file = "src/core/settings.c", groups = "settings",
      old = [[haft_status haft_limit_set(haft_class_id class_id, uint32_t bound) {
    haft__settings_ready();]],
      new = [[haft_status haft_limit_set(haft_class_id class_id, uint32_t bound) {]] },
    { name = "case-counts", area = "names", file = "src/core/name.c", groups = "name",
      old = "if (fold && c >= 'a' && c <= 'z') c -= 'a' - 'A';",
      new = "(void)fold;" },
    { name = "relative-paths-are-not-bytes", area = "POSIX", file = "src/types/posix.c", groups = "hostile_report",
      old = "haft__name_bytes(&name, path);",
      new = "haft__name_a(&name, path, false);" },
    { name = "a-report-waits-for-a-reader", area = "report", file = "src/base/host.c", groups = "hostile_report",
      old = " | O_NONBLOCK",
      new = "" },
    { name = "a-report-that-is-lost-is-not-told", area = "report", file = "src/core/environment.c", groups = "hostile_report",
      old = "if (out && fclose(out) != 0) written = false;",
      new = "if (out) fclose(out);" },
    { name = "set-uid-programs-heed-the-variable", area = "settings", file = "src/base/host.c", groups = "hostile_report",
      old = "getauxval(AT_SECURE) ? NULL : ",
      new = "" },
    { name = "a-fork-copies-locks-that-are-held", area = "fork", file = "src/base/lock.c", groups = "hostile_fork",
      old = "each_mutex(mark);",
      new = "" },
    { name = "a-childs-locks-are-not-renewed", area = "fork", file = "src/base/lock.c", groups = "hostile_fork",
      old = "each_mutex(renew);",
      new = "" },
    { name = "an-interrupted-close-is-tried-again", area = "POSIX", file = "src/types/posix.c", groups = "posix",
      old = [[haft__posix()->close(FD(raw)) == 0 || errno == EINTR]],
      new = [[haft__posix()->close(FD(raw)) == 0 || (errno == EINTR && haft__posix()->close(FD(raw)) == 0)]] },
    { name = "an-out-parameter-forgets-the-old-handle", area = "out", file = "src/core/out.c", groups = "out",
      old = [[if (h->tag) haft__end(h, c, at);]],
      new = [[(void)at;]] },
    { name = "an-out-parameter-takes-anothers", area = "out", file = "src/core/out.c", groups = "out",
      old = [[if (status == HAFT_E_TRACKED) status = haft__adopt(&made, raw, HAFT_OWNER_BORROWED, c, at);]],
      new = [[if (status == HAFT_E_TRACKED) status = HAFT_E_NOMEM;]] },
    { name = "an-out-parameter-loses-its-sign", area = "out", file = "src/core/out.c", groups = "out",
      old = [[return negative ? value | (UINTPTR_MAX & ~bits) : value;]],
      new = [[return negative ? value & bits : value;]] },
    { name = "without-memory-an-out-parameter-is-lost", area = "out", file = "src/core/out.c", groups = "out",
      old = [[        made.raw = raw;
        made.tag = haft__tag(0, id, HAFT_OWNER_USER);]],
      new = "" },
    { name = "a-family-has-another-closer", area = "classes", file = "include/haft/win32/gdi.h", check = "classes",
      old = "DeleteEnhMetaFile(raw)",
      new = "DeleteMetaFile((HMETAFILE)raw)" },
}
