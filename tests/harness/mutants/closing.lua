-- closing.lua: mutants that close twice (1), close what is not theirs (2), or with the wrong closer (3).

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
      old = [[birth->adopted ? haft__cas64(&e->word, word, *ret_tag) : (haft__store64(&e->word, *ret_tag), true)]],
      new = [[haft__store64(&e->word, *ret_tag), true]] },
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
}
