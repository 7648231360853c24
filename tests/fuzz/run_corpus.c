/* Runs a fuzz target over files: every file of the folders named, in the order of their names. What libFuzzer does with a
 * corpus, with any compiler. Fails when there is nothing to run. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
run_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END) != 0) {
        perror(path);
        return 1;
    }
    long size = ftell(in);
    rewind(in);
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1); /* exactly as large, so that reading past the end is noticed */
    size_t n = data && size >= 0 ? fread(data, 1, (size_t)size, in) : 0;
    int failed = !data || n != (size_t)size || ferror(in);
    fclose(in);
    if (failed)
        fprintf(stderr, "%s: cannot be read\n", path);
    else
        LLVMFuzzerTestOneInput(data, n);
    free(data);
    return failed;
}

static int
run_folder(const char *folder, size_t *count)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort), failed = n < 0;
    if (failed)
        perror(folder);
    for (int i = 0; i < n; i++) {
        char path[4096];
        int length = snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && length > 0 && (size_t)length < sizeof(path)) {
            failed |= run_file(path);
            ++*count;
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return failed;
}

int
main(int argc, char **argv)
{
    size_t count = 0;
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= run_folder(argv[i], &count);
    printf("%zu files\n", count);
    return failed || count == 0;
}
