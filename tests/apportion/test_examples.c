/* Published apportionments, from the files of examples/apportion. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

static char *
example(const char *file)
{
    char path[256];
    size_t n;
    snprintf(path, sizeof(path), "../examples/apportion/%s", file);
    return test_read(path, &n);
}

struct expected {
    const char *unit;
    int seats;
};

static void
assert_seats(const char *name, const struct expected *expected, size_t count)
{
    char file[64];
    snprintf(file, sizeof(file), "%s.json", name);
    char *rules = example(file);
    snprintf(file, sizeof(file), "%s.csv", name);
    char *units = example(file);
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    ck_assert_msg(run_seats(ctx, rules, units, &seats, &err) == KX_OK, "%s", err.message);
    ck_assert_uint_eq(kx_table_rows(seats.seats), count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(cell(seats.seats, "unit", i), expected[i].unit);
        ck_assert_msg(atoi(cell(seats.seats, "seats", i)) == expected[i].seats, "%s: %s", expected[i].unit,
                      cell(seats.seats, "seats", i));
    }
    ck_assert_uint_eq(kx_table_rows(seats.findings), 0);
    free_seats(&seats);
    kx_context_unref(ctx);
    free(units);
    free(rules);
}

/* U.S. Census Bureau, Table 1 of 26 April 2021: apportionment population and number of representatives. */
START_TEST(us_house_2020)
{
    static const struct expected states[] = {
        { "Alabama", 7 },         { "Alaska", 1 },        { "Arizona", 9 },      { "Arkansas", 4 },
        { "California", 52 },     { "Colorado", 8 },      { "Connecticut", 5 },  { "Delaware", 1 },
        { "Florida", 28 },        { "Georgia", 14 },      { "Hawaii", 2 },       { "Idaho", 2 },
        { "Illinois", 17 },       { "Indiana", 9 },       { "Iowa", 4 },         { "Kansas", 4 },
        { "Kentucky", 6 },        { "Louisiana", 6 },     { "Maine", 2 },        { "Maryland", 8 },
        { "Massachusetts", 9 },   { "Michigan", 13 },     { "Minnesota", 8 },    { "Mississippi", 4 },
        { "Missouri", 8 },        { "Montana", 2 },       { "Nebraska", 3 },     { "Nevada", 4 },
        { "New Hampshire", 2 },   { "New Jersey", 12 },   { "New Mexico", 3 },   { "New York", 26 },
        { "North Carolina", 14 }, { "North Dakota", 1 },  { "Ohio", 15 },        { "Oklahoma", 5 },
        { "Oregon", 6 },          { "Pennsylvania", 17 }, { "Rhode Island", 2 }, { "South Carolina", 7 },
        { "South Dakota", 1 },    { "Tennessee", 9 },     { "Texas", 38 },       { "Utah", 4 },
        { "Vermont", 1 },         { "Virginia", 11 },     { "Washington", 10 },  { "West Virginia", 2 },
        { "Wisconsin", 8 },       { "Wyoming", 1 },
    };
    assert_seats("us-house-2020", states, COUNT(states));
}
END_TEST

/* The published total, the last seat and the one after; and 89 people more would have kept New York its 27th seat, which
 * Minnesota would then have lost: the figure the press gave on that day. 88 are not enough. */
static void
new_york(int more, const char *seats_of_new_york, const char *seats_of_minnesota)
{
    char *rules = example("us-house-2020.json"), *units = example("us-house-2020.csv");
    char population[16];
    char *at = strstr(units, "New York,20215751");
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    ck_assert(at != NULL);
    snprintf(population, sizeof(population), "%d", 20215751 + more);
    memcpy(at + 9, population, 8);
    ck_assert_msg(run_seats(ctx, rules, units, &seats, &err) == KX_OK, "%s", err.message);
    ck_assert_str_eq(cell(seats.seats, "unit", 31), "New York");
    ck_assert_str_eq(cell(seats.seats, "seats", 31), seats_of_new_york);
    ck_assert_str_eq(cell(seats.seats, "unit", 22), "Minnesota");
    ck_assert_str_eq(cell(seats.seats, "seats", 22), seats_of_minnesota);
    if (more == 0) {
        ck_assert_str_eq(cell(seats.allotments, "claims_exact", 0), "331108434");
        ck_assert_str_eq(cell(seats.allotments, "last_unit", 0), "Minnesota");
        ck_assert_str_eq(cell(seats.allotments, "next_unit", 0), "New York");
        ck_assert_str_eq(cell(seats.allotments, "seats", 0), "435");
    }
    free_seats(&seats);
    kx_context_unref(ctx);
    free(units);
    free(rules);
}

START_TEST(new_york_lacked_89)
{
    new_york(0, "26", "8");
    new_york(88, "26", "8");
    new_york(89, "27", "7");
}
END_TEST

/* Der Bundeswahlleiter, 9 September 2021: contingents of the Länder, divisor 121 400. */
START_TEST(bundestag_2021)
{
    static const struct expected laender[] = {
        { "Baden-Württemberg", 77 },
        { "Bayern", 93 },
        { "Berlin", 24 },
        { "Brandenburg", 20 },
        { "Bremen", 5 },
        { "Hamburg", 13 },
        { "Hessen", 43 },
        { "Mecklenburg-Vorpommern", 13 },
        { "Niedersachsen", 59 },
        { "Nordrhein-Westfalen", 127 },
        { "Rheinland-Pfalz", 30 },
        { "Saarland", 7 },
        { "Sachsen", 32 },
        { "Sachsen-Anhalt", 17 },
        { "Schleswig-Holstein", 22 },
        { "Thüringen", 16 },
    };
    assert_seats("bundestag-2021", laender, COUNT(laender));
}
END_TEST

/* Der Bundeswahlleiter, press release 26/17 of 19 September 2017, divisor 122 690. */
START_TEST(bundestag_2017)
{
    static const char units[] =
        "land,population\nBW,9363841\nBY,11360915\nBE,2974786\nBB,2391644\nHB,569016\nHH,1524428\n"
        "HE,5281620\nMV,1548590\nNI,7278380\nNW,15710276\nRP,3661200\nSL,900253\nSN,3915541\n"
        "ST,2147125\nSH,2673713\nTH,2078902\n";
    static const struct expected laender[] = {
        { "BB", 19 }, { "BE", 24 },  { "BW", 76 }, { "BY", 93 }, { "HB", 5 }, { "HE", 43 }, { "HH", 12 }, { "MV", 13 },
        { "NI", 59 }, { "NW", 128 }, { "RP", 30 }, { "SH", 22 }, { "SL", 7 }, { "SN", 32 }, { "ST", 18 }, { "TH", 17 },
    };
    char *rules = example("bundestag-2021.json");
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    ck_assert_msg(run_seats(ctx, rules, units, &seats, &err) == KX_OK, "%s", err.message);
    for (size_t i = 0; i < COUNT(laender); i++) {
        ck_assert_str_eq(cell(seats.seats, "unit", i), laender[i].unit);
        ck_assert_int_eq(atoi(cell(seats.seats, "seats", i)), laender[i].seats);
    }
    ck_assert_str_eq(cell(seats.allotments, "claims_exact", 0), "73380230");
    free_seats(&seats);
    kx_context_unref(ctx);
    free(rules);
}
END_TEST

/* The Alabama paradox as the Census Office met it in 1881: 8 of 299, 7 of 300, while Illinois and Texas gain. */
START_TEST(alabama_paradox)
{
    static const struct {
        const char *state;
        int of299, of300;
    } changed[] = { { "Alabama", 8, 7 }, { "Illinois", 18, 19 }, { "Texas", 9, 10 } };
    char *rules = example("us-house-1880.json"), *units = example("us-house-1880.csv");
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    size_t changes = 0;
    ck_assert_msg(run_seats(ctx, rules, units, &seats, &err) == KX_OK, "%s", err.message);
    ck_assert_uint_eq(kx_table_rows(seats.seats), 76);
    for (uint64_t i = 0; i < 38; i++) {
        int a = atoi(cell(seats.seats, "seats", i)), b = atoi(cell(seats.seats, "seats", i + 38));
        if (a == b)
            continue;
        ck_assert_uint_lt(changes, COUNT(changed));
        ck_assert_str_eq(cell(seats.seats, "unit", i), changed[changes].state);
        ck_assert(a == changed[changes].of299 && b == changed[changes].of300);
        changes++;
    }
    ck_assert_uint_eq(changes, COUNT(changed));
    ck_assert_str_eq(cell(seats.checks, "unit", 0), "Alabama");
    free_seats(&seats);
    kx_context_unref(ctx);
    free(units);
    free(rules);
}
END_TEST

/* The examples that are made up: they run, and what they show is what their page says. */
START_TEST(made_up_examples)
{
    static const char *const names[] = { "congress", "roster" };
    static const char *const shows[] = { "check local,,false,78 of 186,at_most 74,miss 4,alone 6\n",
                                         "check front,,false,11 of 18,at_least 15,miss 4,alone 17\n" };
    char file[64];
    snprintf(file, sizeof(file), "%s.json", names[_i]);
    char *rules = example(file);
    snprintf(file, sizeof(file), "%s.csv", names[_i]);
    char *units = example(file);
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    ck_assert_msg(run_seats(ctx, rules, units, &seats, &err) == KX_OK, "%s", err.message);
    char *text = seats_text(&seats);
    ck_assert_msg(strstr(text, shows[_i]) != NULL, "%s", text);
    free(text);
    free_seats(&seats);
    kx_context_unref(ctx);
    free(units);
    free(rules);
}
END_TEST

TCase *
seat_example_tests(void)
{
    TCase *tc = tcase_create("examples");
    tcase_add_test(tc, us_house_2020);
    tcase_add_test(tc, new_york_lacked_89);
    tcase_add_test(tc, bundestag_2021);
    tcase_add_test(tc, bundestag_2017);
    tcase_add_test(tc, alabama_paradox);
    tcase_add_loop_test(tc, made_up_examples, 0, 2);
    return tc;
}
