/* Any bytes as a CSV file. The first says how: in small blocks or one, by how many threads, in which encoding,
 * collecting or not. However it is read, it must come to the same. */
#include "io_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_text(kxi_buf *out, kxi_str text, const struct kxi_load *opt, bool collect, uint64_t max_field)
{
    struct fuzz_run r;
    fuzz_begin(&r, collect, max_field);
    kx_status status = kxi_csv_read(r.ds, 0, KXI_STR("fuzz.csv"), text, opt, &r.diag);
    fuzz_outcome(out, &r, status);
    fuzz_end(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t blocks[] = { 1, 3, 16, 64 };
    kxi_mem mem;
    kxi_buf whole, pieces;
    if (size == 0)
        return 0;
    uint8_t how = data[0];
    kxi_str text = { (const char *)data + 1, size - 1 };
    bool collect = how & 1;
    struct kxi_load opt = { .encoding = (how >> 1) % 3, .threads = 1 };
    kxi_mem_init(&mem, NULL, NULL, 0);
    kxi_buf_init(&whole, &mem);
    kxi_buf_init(&pieces, &mem);
    read_text(&whole, text, &opt, collect, 0);
    opt.block = blocks[how >> 4 & 3];
    opt.threads = how >> 7 ? 2 : 1;
    read_text(&pieces, text, &opt, collect, 0);
    fuzz_require(kxi_str_eq(kxi_buf_view(&whole), kxi_buf_view(&pieces)));
    read_text(&pieces, text, &opt, collect, 8);
    kxi_buf_free(&whole);
    kxi_buf_free(&pieces);
    return 0;
}
