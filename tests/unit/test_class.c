/* test_class.c: the ids of classes that programs make. */
#include "unit.h"

static bool never_closed(uint64_t raw) { return (void)raw, false; }

TEST(class, a_name_has_one_id) {
    haft_class first = { "unit_one_name", HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, never_closed, NULL }, second = first;
    uint32_t id = haft__class_id_of(&first);
    CHECK(id >= HAFT_CLASS_USER);
    CHECK_EQ(haft__class_id_of(&second), id);
    CHECK_STR(haft_class_name((haft_class_id)id), "unit_one_name");
}

/* It has an id of its own all the same, so its handles are told from others'. */
TEST(class, inv6_no_memory_is_a_class_without_a_name) {
    haft_class nameless = { "unit_nameless", HAFT_CLASS_NONE, HAFT_SPACE_OWN, { 0, 0 }, never_closed, NULL }, later = nameless;
    unit_alloc_fail(1, true);
    uint32_t id = haft__class_id_of(&nameless);
    CHECK_EQ(unit_alloc_end(), 1);
    CHECK(id >= HAFT_CLASS_USER);
    CHECK_STR(haft_class_name((haft_class_id)id), "?");
    CHECK_EQ(haft_limit_set((haft_class_id)id, 5), HAFT_E_INVALID);
    CHECK_EQ(haft__class_named("unit_nameless", 13), HAFT_CLASS_NONE);
    CHECK(haft__class_id_of(&later) != id);
}
