-- bounds.lua: mutants that pass a bound or wrap a counter (5).

return {
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
}
