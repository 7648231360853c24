/**
 * @file kexie.h
 * @brief kexie (科协): score the units of an association against their assessment scheme, exactly and with reasons.
 *
 * A scheme (考核方案) is a JSON text. The tables it is applied to (units, posts, activities, ...) are columns. What comes
 * out are points, ranks and grades for every subject (被考核单位), and for every lost point the list of what is missing.
 *
 *     kx_context_new -> kx_scheme_parse -> kx_dataset_new .. add, load .. seal -> kx_evaluate -> kx_result_table, _write
 *
 * Conventions
 * - A function that can fail returns a kx_status: KX_OK (0) or a negative code. On failure every out parameter is NULL or
 *   zero, and *err (when given) says what, where, and what to do. Nothing is left half done.
 * - A pointer that is returned is borrowed from the object it came from. An out parameter of type kx_thing ** is owned by
 *   the caller: release it with kx_thing_unref() or kx_thing_free().
 * - Text is UTF-8. Strings passed in with a length need no terminator; strings handed out are always terminated.
 * - Contexts, schemes, sealed datasets and results never change and are counted: threads may share them. A table being
 *   filled, a dataset before its seal and a tally have one owner at a time.
 * - Structs begin with their size, set by the macro beside them; a field of zero is its default.
 * - The library never prints, aborts, or reads the clock, the locale or the environment.
 */
/* clang-format off */ /* laid out in columns by hand */
#ifndef KEXIE_KEXIE_H
#define KEXIE_KEXIE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define KX_API
#elif defined(__GNUC__)
#define KX_API __attribute__((visibility("default")))
#else
#define KX_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** @name Version */
/** @{ */
#define KX_VERSION_MAJOR 0 /**< incompatible changes */
#define KX_VERSION_MINOR 1 /**< additions */
#define KX_VERSION_PATCH 0 /**< mended faults */
#define KX_VERSION_STRING "0.1.0" /**< the three above as text */

/**
 * The version of the library that is running, which may be newer than the header.
 * @return text such as "0.1.0", never freed
 * @since 0.1
 */
KX_API const char *kx_version(void);
/** @} */

/** @name Status and errors */
/** @{ */
/** What a call returned: 0 is success, negative is failure. */
typedef int32_t kx_status;

/** The status codes; none is ever renumbered. */
enum {
    KX_OK = 0,              /**< done */
    KX_E_NOMEM = -1,        /**< the allocator returned NULL */
    KX_E_ARGUMENT = -2,     /**< the call itself is wrong: a NULL, a struct size, an object in the wrong state */
    KX_E_UNSUPPORTED = -3,  /**< the caller, the scheme or the build asks for what this library does not have */
    KX_E_SYNTAX = -4,       /**< a text does not follow its grammar: JSON, CSV, an expression, UTF-8 */
    KX_E_SCHEME = -5,       /**< the scheme contradicts itself or names what does not exist */
    KX_E_DATA = -6,         /**< a table does not fit the scheme: a missing column, an unknown unit, a bad date */
    KX_E_LIMIT = -7,        /**< a limit of the context was met; the message names it */
    KX_E_IO = -8,           /**< a file could not be read or written */
    KX_E_MISMATCH = -9,     /**< a tally of another scheme, date, period or reference table, or a part twice */
    KX_E_CANCELLED = -10,   /**< the caller's progress function said stop */
    KX_E_NOTFOUND = -11,    /**< no such subject, indicator, table or column */
    KX_E_CALLBACK = -12     /**< a function of the caller's reported failure */
};

/**
 * The name of a status.
 * @return text such as "KX_E_NOMEM", never freed; "KX_E_?" for a number that is no status
 * @since 0.1
 */
KX_API const char *kx_status_name(kx_status status);

/** What went wrong, and where. The caller owns it; pass NULL if not wanted. Every text is terminated. */
typedef struct kx_error {
    size_t size;          /**< from KX_ERROR_INIT */
    kx_status status;     /**< what the call returned */
    int32_t code;         /**< the stable number of the message, as in doc/messages.md; 0 when none */
    uint64_t offset;      /**< byte offset into the input; meaningful when line is not 0 */
    uint32_t line;        /**< 1-based; 0 when the error has no place in a text */
    uint32_t column;      /**< 1-based, counted in characters; 0 with line 0 */
    char input[160];      /**< the name of the input: a file, or what the caller called it */
    char pointer[160];    /**< JSON pointer (RFC 6901) into the input; empty when it has none */
    char message[512];    /**< one line in the language of the context */
} kx_error;
/** A kx_error ready for use. */
#define KX_ERROR_INIT { sizeof(kx_error), 0, 0, 0, 0, 0, { 0 }, { 0 }, { 0 } }
/** @} */

/** @name Context */
/** @{ */
typedef struct kx_context kx_context; /**< allocator, limits and language; no state lives outside one */
typedef struct kx_scheme kx_scheme;   /**< a compiled scheme; immutable */
typedef struct kx_table kx_table;     /**< columns: rows on their way in, results on their way out */
typedef struct kx_dataset kx_dataset; /**< tables checked against one scheme; immutable once sealed */
typedef struct kx_tally kx_tally;     /**< what rows leave behind: small exact states per measure and cell */
typedef struct kx_result kx_result;   /**< points, ranks, grades, and the facts of why; immutable */

/**
 * An allocator of one shape, as in Lua: new_size 0 frees and returns NULL; ptr NULL allocates; on failure NULL is
 * returned and ptr stays valid. Must be safe to call from several threads when objects are shared or threads are used.
 */
typedef void *(*kx_alloc_fn)(void *user, void *ptr, size_t old_size, size_t new_size);

/** Languages of messages and reports. */
enum {
    KX_LANG_ZH = 0, /**< Chinese (the default) */
    KX_LANG_EN = 1  /**< English */
};

/** Options of a context. Zero in any field means its default. */
typedef struct kx_context_options {
    size_t size;          /**< from KX_CONTEXT_OPTIONS_INIT */
    kx_alloc_fn alloc;    /**< default: malloc, realloc, free */
    void *alloc_user;     /**< handed to alloc as it is */
    int32_t language;     /**< KX_LANG_ZH or KX_LANG_EN, of messages and reports */
    uint32_t max_depth;   /**< nesting of any parsed text: JSON, an expression; default 64, at most 500 */
    uint64_t max_memory;  /**< bytes held through this context at a time; default 64 GiB */
    uint64_t max_text;    /**< bytes of a scheme or of a JSON dataset; default 256 MiB */
    uint64_t max_field;   /**< bytes of one CSV field; default 1 MiB */
    uint64_t max_rows;    /**< rows of one table; default 2^31 - 1, which is also the most */
    uint64_t max_cells;   /**< cells of one measure; default 2^28 */
    uint32_t max_digits;  /**< decimal digits of a numerator or denominator; default 20000 */
    uint32_t max_findings; /**< findings kept of one dataset or scheme; the number left out is reported; default 10000 */
} kx_context_options;
/** Options ready for use. */
#define KX_CONTEXT_OPTIONS_INIT { sizeof(kx_context_options), NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * Create a context.
 * @param options  borrowed for the call; NULL for the defaults
 * @param[out] out owned by the caller: release with kx_context_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT or KX_E_UNSUPPORTED
 * @since 0.1
 */
KX_API kx_status kx_context_new(const kx_context_options *options, kx_context **out, kx_error *err);
/** Take another reference. @return ctx @since 0.1 */
KX_API kx_context *kx_context_ref(kx_context *ctx);
/** Give a reference back; objects made from the context keep it alive. NULL is allowed. @since 0.1 */
KX_API void kx_context_unref(kx_context *ctx);
/**
 * Bytes held through the context.
 * @param ctx       the context
 * @param[out] peak the most held so far; may be NULL
 * @return bytes held now
 * @since 0.1
 */
KX_API uint64_t kx_context_memory(const kx_context *ctx, uint64_t *peak);
/** @} */

/** @name Columns and tables: the one shape in which rows go in and results come out */
/** @{ */
/** What a column holds. */
enum {
    KX_TEXT = 1,   /**< UTF-8 text */
    KX_NUMBER = 2, /**< an exact decimal: stored integer / 10^scale */
    KX_DATE = 3,   /**< whole days since 1970-01-01 */
    KX_BOOL = 4    /**< 0 or 1 */
};

/** How the values of a column lie in memory. */
enum {
    KX_LAYOUT_I8 = 1,   /**< int8_t; numbers, dates, bools */
    KX_LAYOUT_I16 = 2,  /**< int16_t; numbers, dates */
    KX_LAYOUT_I32 = 3,  /**< int32_t; numbers, dates */
    KX_LAYOUT_I64 = 4,  /**< int64_t; numbers, dates */
    KX_LAYOUT_BITS = 5, /**< one bit a value, least significant first; bools */
    KX_LAYOUT_CSTR = 6, /**< const char *, terminated; NULL is null; text */
    KX_LAYOUT_POOL = 7, /**< value i is string i of the pool; text */
    KX_LAYOUT_CODE8 = 8,   /**< int8_t number of a string in the pool; text */
    KX_LAYOUT_CODE16 = 9,  /**< int16_t number of a string in the pool; text */
    KX_LAYOUT_CODE32 = 10  /**< int32_t number of a string in the pool; text */
};

/** A borrowed view of one column. */
typedef struct kx_column {
    size_t size;             /**< from KX_COLUMN_INIT */
    const char *name;        /**< terminated */
    int32_t type;            /**< KX_TEXT, KX_NUMBER, KX_DATE or KX_BOOL */
    int32_t layout;          /**< KX_LAYOUT_... */
    int32_t scale;           /**< numbers: digits after the point, 0 to 6 */
    uint32_t reserved;       /**< must be 0 */
    uint64_t rows;           /**< rows of the column */
    const void *values;      /**< as the layout says; not used by KX_LAYOUT_POOL */
    const uint8_t *validity; /**< one bit a value, least significant first, 0 is null; NULL when none is null */
    const int64_t *lists;    /**< NULL, or rows + 1 ascending offsets: row i holds values lists[i] .. lists[i + 1] - 1 */
    uint64_t pool;           /**< strings in the pool */
    const int64_t *pool_offsets; /**< pool + 1 ascending offsets into pool_bytes */
    const char *pool_bytes;  /**< the strings of the pool, one after the other */
} kx_column;
/** A column view ready for use. */
#define KX_COLUMN_INIT { sizeof(kx_column), NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, 0, NULL, NULL }

/** Called once, when the library no longer reads borrowed columns, on the thread that gives the last reference back. */
typedef void (*kx_release_fn)(void *user);

/** One value of a row that is appended. */
typedef struct kx_value {
    int32_t type;      /**< 0 is null, else KX_TEXT, KX_NUMBER, KX_DATE or KX_BOOL */
    int32_t scale;     /**< numbers: digits after the point, 0 to 6 */
    int64_t number;    /**< number, days or 0/1 */
    const char *text;  /**< text, borrowed for the call */
    size_t length;     /**< bytes of text */
} kx_value;

/**
 * Create an empty table.
 * @param ctx      counted
 * @param name     what to call it in errors, copied
 * @param[out] out owned by the caller: release with kx_table_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM or KX_E_ARGUMENT
 * @since 0.1
 */
KX_API kx_status kx_table_new(kx_context *ctx, const char *name, kx_table **out, kx_error *err);
/** Take another reference. @return table @since 0.1 */
KX_API kx_table *kx_table_ref(kx_table *table);
/** Give a reference back. NULL is allowed. @since 0.1 */
KX_API void kx_table_unref(kx_table *table);
/**
 * Add a column to a table that is not yet in a dataset. All columns of a table have the same number of rows.
 * Text is checked, normalised (NFC, trimmed, no zero-width characters) and kept once per distinct string; plain text is
 * therefore always copied, codes into a pool may be borrowed. Text that is empty after that is null.
 * @param table   being filled
 * @param column  the view, borrowed for the call; what it points to is copied unless release is given
 * @param release called when the values are no longer read; NULL copies them. Not called when the call fails.
 * @param user    handed to release
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_SYNTAX (invalid UTF-8), KX_E_DATA (a code outside the pool, a list that
 *         runs backwards, a name twice) or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_table_add_column(kx_table *table, const kx_column *column, kx_release_fn release, void *user,
                                     kx_error *err);
/**
 * Append one row to a table all of whose columns were copied; columns are declared by adding them with no rows.
 * @param table  being filled
 * @param values one for each column, in the order the columns were added
 * @param count  how many values
 * @param stride sizeof(kx_value) as the caller knows it
 * @param[out] err filled on failure; may be NULL; the table is then as it was
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_SYNTAX, KX_E_DATA (a value of another type, out of range) or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_table_append(kx_table *table, const kx_value *values, size_t count, size_t stride, kx_error *err);
/** @return number of rows @since 0.1 */
KX_API uint64_t kx_table_rows(const kx_table *table);
/** @return number of columns @since 0.1 */
KX_API size_t kx_table_columns(const kx_table *table);
/**
 * Look at a column.
 * @param table    any table
 * @param index    0 .. kx_table_columns() - 1
 * @param[in,out] out size set by the caller; the pointers are borrowed from the table
 * @return KX_OK, KX_E_NOMEM (the pool of a text column is laid out when first asked for), KX_E_ARGUMENT or KX_E_NOTFOUND
 * @since 0.1
 */
KX_API kx_status kx_table_column(const kx_table *table, size_t index, kx_column *out);
/**
 * The index of a column by its name.
 * @return the index, or -1
 * @since 0.1
 */
KX_API int64_t kx_table_find(const kx_table *table, const char *name);
/** @} */

/** @name Scheme */
/** @{ */
/**
 * Compile a scheme.
 * @param ctx      counted
 * @param name     what to call the text in errors (a file name), copied
 * @param text     JSON, borrowed for the call
 * @param length   bytes of text
 * @param[out] out owned by the caller: release with kx_scheme_unref(); NULL on failure
 * @param[out] err the first error; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_SYNTAX, KX_E_SCHEME, KX_E_UNSUPPORTED or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_scheme_parse(kx_context *ctx, const char *name, const char *text, size_t length, kx_scheme **out,
                                 kx_error *err);
/** Take another reference. @return scheme @since 0.1 */
KX_API kx_scheme *kx_scheme_ref(kx_scheme *scheme);
/** Give a reference back. NULL is allowed. @since 0.1 */
KX_API void kx_scheme_unref(kx_scheme *scheme);
/** @return the scheme's own id, borrowed @since 0.1 */
KX_API const char *kx_scheme_id(const kx_scheme *scheme);
/**
 * Check a scheme text and list everything found, errors and warnings, instead of stopping at the first.
 * @param ctx, name, text, length as for kx_scheme_parse()
 * @param[out] findings owned by the caller: columns severity, code, input, line, column, pointer, message; in text order
 * @param[out] err filled when the check itself could not run; may be NULL
 * @return KX_OK also when there are findings, KX_E_NOMEM, KX_E_ARGUMENT or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_scheme_check(kx_context *ctx, const char *name, const char *text, size_t length, kx_table **findings,
                                 kx_error *err);
/**
 * The scheme's indicators and blocks as a table, in scheme order.
 * @param scheme any
 * @param[out] out owned by the caller: columns id, title, parent, kind, points, clause, value, curve, scored
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK or KX_E_NOMEM
 * @since 0.1
 */
KX_API kx_status kx_scheme_describe(const kx_scheme *scheme, kx_table **out, kx_error *err);
/** @} */

/** @name Dataset */
/** @{ */
/** Character encodings of CSV input. */
enum {
    KX_ENCODING_DETECT = 0, /**< UTF-8 when the whole input is valid UTF-8, else GB18030 */
    KX_ENCODING_UTF8 = 1,   /**< UTF-8, with or without a byte order mark */
    KX_ENCODING_GB18030 = 2 /**< GB 18030 */
};

/** Flags of loading. */
enum {
    KX_LOAD_COLLECT = 1 /**< gather all findings instead of stopping at the first; the seal then fails if there were errors */
};

/** Progress of long work: called now and then on the calling thread. Returns 0 to go on, anything else to cancel. */
typedef int (*kx_progress_fn)(void *user, uint64_t done, uint64_t total);

/** Options of loading. */
typedef struct kx_load_options {
    size_t size;             /**< from KX_LOAD_OPTIONS_INIT */
    int32_t encoding;        /**< KX_ENCODING_... */
    uint32_t flags;          /**< KX_LOAD_... */
    uint32_t threads;        /**< threads that parse; default 1 */
    uint32_t reserved;       /**< must be 0 */
    kx_progress_fn progress; /**< NULL for none; counts bytes */
    void *progress_user;     /**< handed to progress */
} kx_load_options;
/** Options ready for use. */
#define KX_LOAD_OPTIONS_INIT { sizeof(kx_load_options), 0, 0, 0, 0, NULL, NULL }

/**
 * Create an empty dataset for a scheme.
 * @param scheme   counted
 * @param[out] out owned by the caller: release with kx_dataset_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM or KX_E_ARGUMENT
 * @since 0.1
 */
KX_API kx_status kx_dataset_new(kx_scheme *scheme, kx_dataset **out, kx_error *err);
/** Take another reference. @return dataset @since 0.1 */
KX_API kx_dataset *kx_dataset_ref(kx_dataset *dataset);
/** Give a reference back. NULL is allowed. @since 0.1 */
KX_API void kx_dataset_unref(kx_dataset *dataset);
/**
 * Add a table. Its columns are matched to the scheme's by name or by the headers the scheme maps.
 * @param dataset not sealed
 * @param name    the scheme's name of the table
 * @param table   counted; from now on it cannot be changed
 * @param[out] err filled on failure; may be NULL; the dataset is then as it was
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_DATA or KX_E_NOTFOUND (the scheme knows no such table)
 * @since 0.1
 */
KX_API kx_status kx_dataset_add(kx_dataset *dataset, const char *name, kx_table *table, kx_error *err);
/**
 * Read one CSV text (RFC 4180) as a table.
 * @param dataset not sealed
 * @param name    the scheme's name of the table
 * @param input   what to call the text in errors (a file name), copied
 * @param text    borrowed for the call
 * @param length  bytes of text
 * @param options borrowed for the call; NULL for the defaults
 * @param[out] err filled on failure; may be NULL; the dataset is then as it was
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_SYNTAX, KX_E_DATA, KX_E_LIMIT, KX_E_NOTFOUND or KX_E_CANCELLED
 * @since 0.1
 */
KX_API kx_status kx_dataset_read_csv(kx_dataset *dataset, const char *name, const char *input, const char *text,
                                     size_t length, const kx_load_options *options, kx_error *err);
/**
 * Read a JSON dataset: an object of tables, each an array of row objects or an object of column arrays.
 * @param dataset, input, text, length, options, err as for kx_dataset_read_csv()
 * @return as kx_dataset_read_csv()
 * @since 0.1
 */
KX_API kx_status kx_dataset_read_json(kx_dataset *dataset, const char *input, const char *text, size_t length,
                                      const kx_load_options *options, kx_error *err);
/**
 * Load a folder (one CSV file a table, named after it) or a JSON dataset file.
 * @param dataset not sealed
 * @param path    a folder or a file
 * @param options borrowed for the call; NULL for the defaults
 * @param[out] err filled on failure; may be NULL; the dataset is then as it was
 * @return as kx_dataset_read_csv(), or KX_E_IO
 * @since 0.1
 */
KX_API kx_status kx_dataset_load(kx_dataset *dataset, const char *path, const kx_load_options *options, kx_error *err);
/**
 * Check the tables against each other and against the scheme: keys, references, the tree of units, roles. Afterwards the
 * dataset never changes.
 * @param dataset all its tables added
 * @param[out] err the first error; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT (sealed before), KX_E_DATA or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_dataset_seal(kx_dataset *dataset, kx_error *err);
/**
 * What was found in the data so far: errors (with KX_LOAD_COLLECT), unmatched titles, columns nobody uses.
 * @param dataset any
 * @param[out] out owned by the caller: columns severity, code, input, line, column, pointer, message
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK or KX_E_NOMEM
 * @since 0.1
 */
KX_API kx_status kx_dataset_findings(const kx_dataset *dataset, kx_table **out, kx_error *err);
/** @} */

/** @name Evaluation */
/** @{ */
/** No date: the scheme's own, or the last day of its period. */
#define KX_DATE_NONE INT32_MIN

/** Options of an evaluation and of a tally. */
typedef struct kx_eval_options {
    size_t size;             /**< from KX_EVAL_OPTIONS_INIT */
    int32_t as_of;           /**< days since 1970-01-01; KX_DATE_NONE for the scheme's date, else the end of its period */
    uint32_t threads;        /**< threads that tally; default 1; any number gives the same bytes */
    kx_progress_fn progress; /**< NULL for none; counts rows */
    void *progress_user;     /**< handed to progress */
} kx_eval_options;
/** Options ready for use. */
#define KX_EVAL_OPTIONS_INIT { sizeof(kx_eval_options), KX_DATE_NONE, 0, NULL, NULL }

/**
 * Evaluate a dataset in one call: tally, add, finish.
 * @param dataset  sealed
 * @param options  borrowed for the call; NULL for the defaults
 * @param[out] out owned by the caller: release with kx_result_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_DATA, KX_E_LIMIT or KX_E_CANCELLED
 * @since 0.1
 */
KX_API kx_status kx_evaluate(kx_dataset *dataset, const kx_eval_options *options, kx_result **out, kx_error *err);
/**
 * Create an empty tally.
 * @param scheme   counted
 * @param options  borrowed for the call; NULL for the defaults; threads and progress are used by kx_tally_add()
 * @param[out] out owned by the caller: release with kx_tally_free(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM or KX_E_ARGUMENT
 * @since 0.1
 */
KX_API kx_status kx_tally_new(kx_scheme *scheme, const kx_eval_options *options, kx_tally **out, kx_error *err);
/** Free a tally. NULL is allowed. @since 0.1 */
KX_API void kx_tally_free(kx_tally *tally);
/**
 * Add the records of a dataset. The reference tables of every dataset added must be the same.
 * @param tally   any
 * @param dataset sealed; counted as long as the tally lives, for its reference tables
 * @param part    a name for these rows; a tally holds each part once
 * @param[out] err filled on failure; may be NULL; the tally is then as it was
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_MISMATCH, KX_E_DATA, KX_E_LIMIT or KX_E_CANCELLED
 * @since 0.1
 */
KX_API kx_status kx_tally_add(kx_tally *tally, kx_dataset *dataset, const char *part, kx_error *err);
/**
 * Add all of another tally to this one.
 * @param tally any
 * @param other read only; of the same scheme, as_of, period and reference tables, and without a part in common
 * @param[out] err filled on failure, naming what differs; may be NULL; the tally is then as it was
 * @return KX_OK, KX_E_NOMEM, KX_E_MISMATCH or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_tally_merge(kx_tally *tally, const kx_tally *other, kx_error *err);
/**
 * Turn what was tallied into a result. The tally stays as it is and may grow on.
 * @param tally    to which at least one dataset was added
 * @param[out] out owned by the caller: release with kx_result_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT (nothing was added), KX_E_DATA or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_tally_finish(const kx_tally *tally, kx_result **out, kx_error *err);
/** @} */

/** @name Results */
/** @{ */
/** Take another reference. @return result @since 0.1 */
KX_API kx_result *kx_result_ref(kx_result *result);
/** Give a reference back. NULL is allowed. @since 0.1 */
KX_API void kx_result_unref(kx_result *result);

/** The tables of a result. Their columns are described in doc/result.md. */
enum {
    KX_RESULT_SUBJECTS = 1,   /**< one row a subject: total, rank, grade */
    KX_RESULT_INDICATORS = 2, /**< one row a subject and node of the score: value, points, lost */
    KX_RESULT_CELLS = 3,      /**< one row a subject, quota and expected cell: has, needs, met */
    KX_RESULT_GAPS = 4,       /**< one row for whatever falls short: who, what, has, needs, by when, loss */
    KX_RESULT_FINDINGS = 5    /**< what the run noticed: rows left out, incomplete subjects, ties */
};

/**
 * A table of the result.
 * @param result any
 * @param which  KX_RESULT_...
 * @param[out] out owned by the caller: release with kx_table_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_result_table(const kx_result *result, int32_t which, kx_table **out, kx_error *err);

/** What to write of a result. */
enum {
    KX_WRITE_SCORES = 1,  /**< the ranking: text, CSV */
    KX_WRITE_EXPLAIN = 2, /**< subjects and their indicators with the reasons: text */
    KX_WRITE_GAPS = 3,    /**< what is missing: text, CSV, JSON */
    KX_WRITE_RESULT = 4   /**< the whole, as kexie-result/1: JSON */
};
/** Formats. */
enum {
    KX_FORMAT_TEXT = 1, /**< aligned for a terminal, in the language of the context */
    KX_FORMAT_CSV = 2,  /**< RFC 4180 with LF line ends */
    KX_FORMAT_JSON = 3  /**< compact, keys in a fixed order */
};

/** Takes the next bytes of an output. Returns 0 to go on, anything else to stop. */
typedef int (*kx_write_fn)(void *user, const char *bytes, size_t length);

/** Options of writing. */
typedef struct kx_write_options {
    size_t size;           /**< from KX_WRITE_OPTIONS_INIT */
    int32_t what;          /**< KX_WRITE_...; default scores */
    int32_t format;        /**< KX_FORMAT_...; default text */
    const char *subject;   /**< only this subject; NULL for all */
    const char *indicator; /**< only this indicator and what stands under it; NULL for all */
    int32_t bom;           /**< not 0: CSV begins with a UTF-8 byte order mark, for spreadsheets */
    int32_t width;         /**< columns of the terminal for text; 0: no limit */
} kx_write_options;
/** Options ready for use. */
#define KX_WRITE_OPTIONS_INIT { sizeof(kx_write_options), 0, 0, NULL, NULL, 0, 0 }

/**
 * Write a result through a function of the caller's.
 * @param result  any
 * @param options borrowed for the call; NULL for the defaults
 * @param write   takes the bytes, on the calling thread
 * @param user    handed to write
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT, KX_E_UNSUPPORTED (no such format for this), KX_E_NOTFOUND (no such subject or
 *         indicator) or KX_E_CALLBACK (write said stop)
 * @since 0.1
 */
KX_API kx_status kx_result_write(const kx_result *result, const kx_write_options *options, kx_write_fn write, void *user,
                                 kx_error *err);
/**
 * Write any table, findings included: as text, as CSV, or as JSON, an array with an object for each row.
 * @param table any
 * @param options, write, user, err as for kx_result_write(); what, subject and indicator are not used
 * @return KX_OK, KX_E_NOMEM, KX_E_ARGUMENT or KX_E_CALLBACK
 * @since 0.1
 */
KX_API kx_status kx_table_write(const kx_table *table, const kx_write_options *options, kx_write_fn write, void *user,
                                kx_error *err);
/** @} */

/** @name Seats: 名额分配 */
/** @{ */
/** What an apportionment gives; the tables are described in doc/apportionment.md. Release each with kx_table_unref(). */
typedef struct kx_seats {
    size_t size;          /**< from KX_SEATS_INIT */
    kx_table *seats;      /**< one row an allotment and unit: claim, quota, seats, why */
    kx_table *allotments; /**< one row an allotment: total, reserve, seats left open by a tie */
    kx_table *checks;     /**< one row for what a check found: has, needs, what is missing */
    kx_table *findings;   /**< columns severity, code, input, line, column, pointer, message */
} kx_seats;
/** A kx_seats ready for use. */
#define KX_SEATS_INIT { sizeof(kx_seats), NULL, NULL, NULL, NULL }

/**
 * Give seats to units by rules, exactly; ties are reported and never broken in silence.
 * @param ctx      whose limits and language hold
 * @param name     what to call the rules in errors (a file name), copied
 * @param text     the rules, JSON with "kexie-seats", borrowed for the call
 * @param length   bytes of text
 * @param units    one row a unit, with the columns the rules declare; it cannot be changed afterwards
 * @param[out] out size set by the caller; its tables are owned by the caller; all NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return KX_OK, also when a tie is left open or a check does not hold (see the findings); KX_E_NOMEM, KX_E_ARGUMENT,
 *         KX_E_SYNTAX, KX_E_SCHEME, KX_E_UNSUPPORTED, KX_E_DATA or KX_E_LIMIT
 * @since 0.1
 */
KX_API kx_status kx_apportion(kx_context *ctx, const char *name, const char *text, size_t length, kx_table *units,
                              kx_seats *out, kx_error *err);
/**
 * Read the table of units that rules of seats declare, from CSV or from JSON ({"units": [..]}). Columns the rules do not
 * declare are not read.
 * @param ctx, name, text, length as for kx_apportion()
 * @param input       what to call the data in errors (a file name), copied
 * @param data        borrowed for the call
 * @param data_length bytes of data
 * @param options     borrowed for the call; NULL for the defaults; KX_LOAD_COLLECT is not for this
 * @param[out] out owned by the caller: release with kx_table_unref(); NULL on failure
 * @param[out] err filled on failure; may be NULL
 * @return as kx_apportion(), or KX_E_CANCELLED
 * @since 0.1
 */
KX_API kx_status kx_apportion_read(kx_context *ctx, const char *name, const char *text, size_t length, const char *input,
                                   const char *data, size_t data_length, const kx_load_options *options, kx_table **out,
                                   kx_error *err);
/** @} */

/** @name Dates and numbers, as the library reads and prints them */
/** @{ */
/**
 * Read a date: 2025-01-31, 2025/1/31, 2025.1.31, 20250131 or 2025年1月31日.
 * @param text, length the text, nothing but the date
 * @param[out] days    days since 1970-01-01
 * @return KX_OK, KX_E_ARGUMENT or KX_E_SYNTAX
 * @since 0.1
 */
KX_API kx_status kx_date_parse(const char *text, size_t length, int32_t *days);
/**
 * Print a date as YYYY-MM-DD.
 * @param days    days since 1970-01-01, of the years 0001 to 9999
 * @param[out] out 11 bytes, terminated
 * @return KX_OK or KX_E_ARGUMENT
 * @since 0.1
 */
KX_API kx_status kx_date_format(int32_t days, char out[11]);
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* KEXIE_KEXIE_H */
