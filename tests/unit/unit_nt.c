/* unit_nt.c: running a test on the model. */
#include "unit_nt.h"

static haft__nt_port table;

haft__nt_port *unit_port(void) {
    table = haft__port_model;
    haft__nt_use(&table);
    return &table;
}

void unit_on_model(haft_model_version version, void (*body)(void)) {
    REQUIRE_EQ(haft_live(), 0);
    haft_model_boot(version);
    size_t before = haft_model_handles();
    unit_closes_reset();
    body();
    CHECK_EQ(haft_model_handles(), before);
    CHECK_EQ(haft_live(), 0);
    CHECK(haft_model_crash() == NULL);
    haft__nt_use(NULL);
    unit_deaf();
}
