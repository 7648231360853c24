/* Where results go. A file is written beside its place under another name and moved there when it is complete, so that whoever
 * looks sees the old one or the new one, never a half. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static enum exit_code
cannot_write(const char *path, int error)
{
    complain(W_CANNOT_WRITE, path ? path : word(W_STANDARD_OUTPUT), strerror(error));
    return EXIT_FILES;
}

/* Permissions of the new file: those of the one it replaces, else what the umask leaves. */
static mode_t
mode_for(const struct stat *old)
{
    mode_t mask = umask(0);
    umask(mask);
    return old ? old->st_mode & 07777 : 0666 & ~mask;
}

/* Beside o->path. */
static enum exit_code
open_temporary(struct output *o, const struct stat *old)
{
    static const char suffix[] = ".XXXXXX";
    size_t n = strlen(o->path);
    o->temporary = malloc(n + sizeof(suffix));
    if (!o->temporary)
        return cannot_write(o->path, ENOMEM);
    memcpy(o->temporary, o->path, n);
    memcpy(o->temporary + n, suffix, sizeof(suffix));
    int fd = mkstemp(o->temporary);
    if (fd < 0) {
        int error = errno;
        free(o->temporary);
        o->temporary = NULL;
        return cannot_write(o->path, error);
    }
    o->file = fchmod(fd, mode_for(old)) == 0 ? fdopen(fd, "wb") : NULL;
    if (o->file)
        return EXIT_DONE;
    int error = errno;
    close(fd);
    unlink(o->temporary);
    return cannot_write(o->path, error);
}

enum exit_code
output_open(struct output *o, const char *path)
{
    struct stat old;
    *o = (struct output){ .file = path ? NULL : stdout, .name = path };
    if (!path)
        return EXIT_DONE;
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return cannot_write(path, EISDIR);
    if (exists && !S_ISREG(old.st_mode)) { /* a device or a pipe cannot be replaced, only written to */
        o->file = fopen(path, "wb");
        return o->file ? EXIT_DONE : cannot_write(path, errno);
    }
    o->path = exists ? realpath(path, NULL) : strdup(path); /* a link stays one */
    if (!o->path)
        return cannot_write(path, errno);
    return open_temporary(o, exists ? &old : NULL);
}

int
output_write(void *user, const char *bytes, size_t length)
{
    struct output *o = user;
    if (fwrite(bytes, 1, length, o->file) == length)
        return 0;
    o->error = errno ? errno : EIO;
    return 1;
}

static void
note_error(struct output *o, bool failed)
{
    if (failed && !o->error)
        o->error = errno ? errno : EIO;
}

enum exit_code
output_close(struct output *o, bool ok)
{
    if (!o->file)
        ok = false;
    if (ok && !o->error)
        note_error(o, fflush(o->file) != 0);
    if (ok && !o->error && o->temporary)
        note_error(o, fsync(fileno(o->file)) != 0 && errno != EINVAL);
    if (o->file && o->file != stdout)
        note_error(o, fclose(o->file) != 0);
    if (ok && !o->error && o->temporary)
        note_error(o, rename(o->temporary, o->path) != 0);
    if (o->temporary && (!ok || o->error))
        unlink(o->temporary);
    enum exit_code code = o->error ? cannot_write(o->name, o->error) : EXIT_DONE;
    free(o->temporary);
    free(o->path);
    *o = (struct output){ .file = NULL };
    return code;
}

int32_t
output_width(const struct cli *c)
{
    struct winsize size;
    if (c->output || !isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}
