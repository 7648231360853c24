/* The table of kernels. */
#include "expr/code.h"

static const struct kernel {
    kx_status (*run)(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out);
    enum kxi_lack lack;
} kernels[KXI_KERNEL_COUNT] = {
#define X(name, lack) [KXI_KERNEL_##name] = { kxi_kernel_##name, KXI_LACK_##lack },
    KXI_KERNELS(X)
#undef X
};

enum kxi_lack
kxi_kernel_lack(enum kxi_kernel kernel)
{
    return kernels[kernel].lack;
}

kx_status
kxi_code_apply(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    bool constant = true;
    for (uint32_t i = 0; i < c->count; i++)
        constant = constant && args[i]->constant;
    kxi_run run = *r;
    if (constant)
        run.n = 1;
    *out = (kxi_vec){ .type = c->type, .months = c->months, .constant = constant, .count = run.n };
    return kernels[c->kernel].run(&run, c, args, out);
}
