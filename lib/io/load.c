#include "io/load.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/input.h"
#include "io/rows.h"

/* One CSV file of a folder. */
struct file {
    kxi_str name;   /* in the folder, terminated */
    kxi_str path;   /* as messages call it: valid UTF-8 */
    uint32_t table; /* KXI_NONE: of none */
    uint64_t size;
};

struct folder {
    kxi_input *in;
    kxi_str path;
    DIR *dir;
    kxi_arena arena;
    struct file *files;
    size_t count, capacity;
};

static const char suffix[] = ".csv";
enum { SUFFIX = sizeof(suffix) - 1 };

static bool
is_csv(const char *name)
{
    size_t n = strlen(name);
    if (name[0] == '.' || n <= SUFFIX)
        return false;
    for (size_t i = 0; i < SUFFIX; i++) {
        char c = name[n - SUFFIX + i];
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != suffix[i])
            return false;
    }
    return true;
}

/* folder/name, made visible where it is not UTF-8; name may be empty. */
static kx_status
show_path(kxi_arena *a, kxi_str folder, kxi_str name, kxi_str *out)
{
    kxi_buf b;
    kxi_buf_init(&b, a->mem);
    kxi_buf_str(&b, folder);
    if (name.n && folder.n && folder.s[folder.n - 1] != '/')
        kxi_buf_char(&b, '/');
    kxi_buf_str(&b, name);
    kxi_str path = kxi_buf_view(&b);
    if (!b.failed && kxi_utf8_check(path) < path.n) {
        kxi_buf visible;
        kxi_buf_init(&visible, a->mem);
        kxi_text_quote(&visible, path, SIZE_MAX);
        kxi_buf_free(&b);
        b = visible;
    }
    *out = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(a, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return out->s ? KX_OK : KX_E_NOMEM;
}

/* A regular file that is CSV by its name joins the list. */
static kx_status
list_file(struct folder *f, const char *name)
{
    struct stat info;
    struct file file = { .table = KXI_NONE };
    if (fstatat(dirfd(f->dir), name, &info, 0) != 0 || !S_ISREG(info.st_mode))
        return KX_OK;
    file.size = (uint64_t)info.st_size;
    file.name = kxi_str_copy(&f->arena, kxi_str_of(name));
    if (!file.name.s || show_path(&f->arena, f->path, file.name, &file.path) ||
        !kxi_grow(f->arena.mem, &f->files, &f->capacity, f->count + 1))
        return kxi_nomem(f->in->failed);
    f->files[f->count++] = file;
    return KX_OK;
}

/* Folders give names in any order; ours is that of their bytes. */
static void
sort_files(struct folder *f)
{
    for (size_t gap = f->count / 2; gap > 0; gap /= 2)
        for (size_t i = gap; i < f->count; i++) {
            struct file file = f->files[i];
            size_t at = i;
            for (; at >= gap && kxi_str_cmp(f->files[at - gap].name, file.name) > 0; at -= gap)
                f->files[at] = f->files[at - gap];
            f->files[at] = file;
        }
}

/* The next entry; NULL at the end, or with *error. */
static const struct dirent *
next_entry(DIR *dir, int *error)
{
    errno = 0;
    const struct dirent *entry = readdir(dir);
    *error = entry ? 0 : errno;
    return entry;
}

static kx_status
list_folder(struct folder *f)
{
    kx_status status = KX_OK;
    int error;
    for (const struct dirent *entry; !status && (entry = next_entry(f->dir, &error)) != NULL;)
        if (is_csv(entry->d_name))
            status = list_file(f, entry->d_name);
    if (!status && error)
        return kxi_input_error(f->in->failed, f->path, error);
    sort_files(f);
    return status;
}

/* Which table each file holds; a file of none is said and left alone. */
static kx_status
match_files(struct folder *f)
{
    kx_status status = KX_OK;
    size_t known = 0;
    for (size_t i = 0; i < f->count && !status; i++) {
        struct file *file = &f->files[i];
        kxi_place place = { .input = file->path };
        status =
            kxi_input_table(f->in, &f->arena, (kxi_str){ file->name.s, file->name.n - SUFFIX }, place, &file->table);
        if (status || file->table == KXI_NONE)
            continue;
        known++;
        f->in->progress_total += file->size;
        for (size_t before = 0; before < i && file->table != KXI_NONE && !status; before++) {
            if (f->files[before].table != file->table)
                continue;
            status = KXI_FAIL(&f->in->found, FILE_TWICE, place, KXI_A_STR(f->files[before].name), KXI_A_STR(file->name),
                              KXI_A_STR(f->in->ds->schema->tables[file->table].name));
            file->table = KXI_NONE;
            status = kxi_input_goes_on(f->in, status) ? KX_OK : status;
        }
    }
    if (status || known)
        return status;
    const kxi_schema *schema = f->in->ds->schema;
    kxi_str example = schema->table_count ? schema->tables[0].name : KXI_STR("units");
    return KXI_FAIL(f->in->failed, FILE_NONE, ((kxi_place){ .input = f->path }), KXI_A_STR(f->path),
                    KXI_A_STR(example));
}

static kx_status
read_file(struct folder *f, const struct file *file)
{
    kxi_source source;
    kx_table *made = NULL;
    kx_status status = kxi_input_check(f->in, file->table, file->path);
    if (status)
        return kxi_input_goes_on(f->in, status) ? KX_OK : status;
    int fd = openat(dirfd(f->dir), file->name.s, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return kxi_input_error(f->in->failed, file->path, errno);
    kxi_source_file(&source, &f->in->ds->ctx->mem, file->path, fd, file->size);
    status = kxi_csv_table(f->in, file->table, &source, &made);
    kxi_source_free(&source);
    if (!status || kxi_input_goes_on(f->in, status))
        status = kxi_input_keep(f->in, file->table, made);
    kxi_table_unref(made);
    f->in->progress_base += file->size;
    return status;
}

static kx_status
load_folder(kxi_input *in, kxi_str path, int fd)
{
    struct folder f = { .in = in, .path = path };
    f.dir = fdopendir(fd);
    if (!f.dir) {
        int error = errno;
        close(fd);
        return kxi_input_error(in->failed, path, error);
    }
    kxi_arena_init(&f.arena, &in->ds->ctx->mem);
    kx_status status = list_folder(&f);
    if (!status)
        status = match_files(&f);
    for (size_t i = 0; i < f.count && !status; i++)
        if (f.files[i].table != KXI_NONE)
            status = read_file(&f, &f.files[i]);
    kxi_free(f.arena.mem, f.files, f.capacity * sizeof(*f.files));
    kxi_arena_free(&f.arena);
    closedir(f.dir);
    return status;
}

/* All bytes of a file, but no more than one past max_text, which the JSON reader refuses. */
static kx_status
read_bytes(kxi_input *in, kxi_str path, int fd, uint64_t size, char **bytes, size_t *n, size_t *capacity)
{
    kxi_mem *mem = &in->ds->ctx->mem;
    uint64_t most = in->ds->ctx->max_text < SIZE_MAX - 1 ? in->ds->ctx->max_text + 1 : SIZE_MAX;
    size_t first = (size_t)(size < most ? size + 1 : most);
    while (*n < most) {
        size_t need = *n ? *n + 1 : first;
        if (!kxi_grow(mem, bytes, capacity, need))
            return kxi_nomem(in->failed);
        size_t room = *capacity < most ? *capacity - *n : (size_t)most - *n;
        ssize_t got = read(fd, *bytes + *n, room < SSIZE_MAX ? room : SSIZE_MAX);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return kxi_input_error(in->failed, path, errno);
        if (got == 0)
            break;
        *n += (size_t)got;
    }
    return KX_OK;
}

static kx_status
load_json(kxi_input *in, kxi_str path, int fd, uint64_t size)
{
    char *bytes = NULL;
    size_t n = 0, capacity = 0;
    kxi_doc *doc = NULL;
    kx_status status = read_bytes(in, path, fd, size, &bytes, &n, &capacity);
    if (!status)
        status = kxi_json_parse(in->ds->ctx, path, (kxi_str){ bytes, n }, in->failed, &doc);
    kxi_free(&in->ds->ctx->mem, bytes, capacity);
    if (!status)
        status = kxi_rows_read(in, doc);
    kxi_doc_free(doc);
    return status;
}

static kx_status
load_path(kxi_input *in, const char *path, kxi_str shown)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return kxi_input_error(in->failed, shown, errno);
    if (fstat(fd, &info) != 0) {
        int error = errno;
        close(fd);
        return kxi_input_error(in->failed, shown, error);
    }
    if (S_ISDIR(info.st_mode))
        return load_folder(in, shown, fd);
    kx_status status = load_json(in, shown, fd, (uint64_t)info.st_size);
    close(fd);
    return status;
}

kx_status
kxi_dataset_load(kx_dataset *ds, const char *path, const struct kxi_load *opt, kxi_diag *d)
{
    kxi_input in;
    kxi_arena arena;
    kxi_str shown;
    kx_status status = kxi_input_begin(&in, ds, opt, d);
    kxi_arena_init(&arena, &ds->ctx->mem);
    if (!status && show_path(&arena, kxi_str_of(path), (kxi_str){ NULL, 0 }, &shown))
        status = kxi_nomem(d);
    if (!status)
        status = load_path(&in, path, shown);
    status = kxi_input_end(&in, status);
    kxi_arena_free(&arena);
    return status;
}

kx_status
kxi_dataset_read_json(kx_dataset *ds, kxi_str input, kxi_str text, const struct kxi_load *opt, kxi_diag *d)
{
    kxi_input in;
    kxi_doc *doc = NULL;
    kx_status status = kxi_input_begin(&in, ds, opt, d);
    if (!status)
        status = kxi_json_parse(ds->ctx, input, text, d, &doc);
    if (!status)
        status = kxi_rows_read(&in, doc);
    kxi_doc_free(doc);
    return kxi_input_end(&in, status);
}
