-- The example examples/ningxia-2024, computed a second time without the library.
--
-- The runner loads every CSV file as a table of the same name: dates and day('2024-06-01') are whole days, numbers with
-- decimals are integers of tenths, empty fields are NULL, headers in English. Everything below is integer arithmetic: a
-- row of `points` is num/den, and only the last step rounds, half away from zero, to hundredths.

-- ------------------------------------------------------------------------------------------------ who, where and when
CREATE TABLE period AS SELECT day('2024-06-01') AS first, day('2026-05-31') AS last;

CREATE TABLE quarter (n INTEGER, first INTEGER, last INTEGER);
INSERT INTO quarter VALUES
  (1, day('2024-06-01'), day('2024-08-31')), (2, day('2024-09-01'), day('2024-11-30')),
  (3, day('2024-12-01'), day('2025-02-28')), (4, day('2025-03-01'), day('2025-05-31')),
  (5, day('2025-06-01'), day('2025-08-31')), (6, day('2025-09-01'), day('2025-11-30')),
  (7, day('2025-12-01'), day('2026-02-28')), (8, day('2026-03-01'), day('2026-05-31'));
CREATE TABLE half AS
  SELECT a.n / 2 + 1 AS n, a.first, b.last FROM quarter a JOIN quarter b ON b.n = a.n + 1 WHERE a.n % 2 = 1;
CREATE TABLE year (n INTEGER, first INTEGER, last INTEGER);
INSERT INTO year VALUES (1, day('2024-06-01'), day('2025-05-31')), (2, day('2025-06-01'), day('2026-05-31'));

CREATE TABLE county AS SELECT code, name, class FROM units WHERE level = 'county';
CREATE TABLE township AS SELECT code, parent AS county, class FROM units WHERE level = 'township';
-- Which county a row of any unit belongs to: the county itself or the one above a township.
CREATE TABLE home AS SELECT code AS unit, code AS county FROM county UNION ALL SELECT code, county FROM township;
CREATE UNIQUE INDEX home_unit ON home (unit);

CREATE TABLE act AS
  SELECT h.county, a.*, q.n AS quarter, y.n AS year FROM activities a JOIN home h USING (unit)
  JOIN quarter q ON a.date BETWEEN q.first AND q.last JOIN year y ON a.date BETWEEN y.first AND y.last;
CREATE INDEX act_unit ON act (unit);
CREATE INDEX act_county ON act (county);
CREATE TABLE ev AS
  SELECT e.*, y.n AS year FROM events e JOIN year y ON e.date BETWEEN y.first AND y.last;
CREATE TABLE soc AS SELECT s.* FROM societies s, period p WHERE s.founded <= p.last;

CREATE TABLE three (sector TEXT);
INSERT INTO three VALUES ('教育'), ('医疗'), ('农业');
CREATE TABLE points (county TEXT, id TEXT, num INTEGER, den INTEGER);

-- ------------------------------------------------------------------------------------------------------------ block A
CREATE TABLE title (title TEXT, role TEXT);
INSERT INTO title VALUES
  ('乡镇卫生院院长', '院长'), ('卫生院院长', '院长'), ('社区卫生服务中心主任', '院长'), ('街道卫生服务中心主任', '院长'),
  ('中学校长', '校长'), ('小学校长', '校长'), ('中心小学校长', '校长'), ('九年一贯制学校校长', '校长'),
  ('农技站站长', '站长'), ('农业综合服务中心主任', '站长'), ('畜牧兽医站站长', '站长'), ('科普工作站站长', '站长');
CREATE TABLE serving AS
  SELECT h.county, o.unit, t.role, o.basis, o.filed FROM posts o JOIN home h USING (unit), period p
  LEFT JOIN title t ON t.title = trim(o.title)
  WHERE o."from" <= p.last AND (o."to" IS NULL OR o."to" >= p.last);

-- A1: townships with all three heads, each part-time or seconded: 8 x share
INSERT INTO points
  SELECT c.county, 'A1', 8 * sum((SELECT count(DISTINCT s.role) FROM serving s WHERE s.unit = c.code
                                   AND s.basis IN ('兼职', '挂职') AND s.role IS NOT NULL) = 3), count(*)
  FROM township c GROUP BY c.county;
-- A2: share of the serving posts that are on file, 3 x share, 0 without posts
INSERT INTO points
  SELECT c.code, 'A2', 3 * coalesce(sum(s.filed), 0), max(count(s.unit), 1)
  FROM county c LEFT JOIN serving s ON s.county = c.code GROUP BY c.code;
-- A3: half-years x groups with a training: 4 x share of the 8
INSERT INTO points
  SELECT c.code, 'A3', 4 * (SELECT count(*) FROM (SELECT DISTINCT h.n, t.target FROM trainings t JOIN half h
           ON t.date BETWEEN h.first AND h.last WHERE t.unit = c.code AND t.target IN ('三长', '三会秘书长'))), 8
  FROM county c;
-- A4: requests settled within 60 days, of those raised in the period that are 60 days old: 4, 3, 1.5; full without any
CREATE TABLE request AS
  SELECT h.county, sum(coalesce(r.closed <= r.raised + 60, 0)) AS good, count(*) AS n
  FROM requests r JOIN home h USING (unit), period p
  WHERE r.raised BETWEEN p.first AND p.last AND r.raised + 60 <= p.last GROUP BY h.county;
INSERT INTO points
  SELECT c.code, 'A4', CASE WHEN r.n IS NULL THEN 8 WHEN 100 * good >= 95 * n THEN 8 WHEN 100 * good >= 85 * n THEN 6
                            WHEN 100 * good >= 70 * n THEN 3 ELSE 0 END, 2
  FROM county c LEFT JOIN request r ON r.county = c.code;
-- A5: of the three societies, those whose charter has the party clause: 3 x share
INSERT INTO points
  SELECT c.code, 'A5', 3 * (SELECT count(DISTINCT s.kind) FROM soc s JOIN three ON sector = s.kind
                             WHERE s.unit = c.code AND s.charter = 1), 3 FROM county c;
-- A6: society x workers' day of 2025 and 2026: 3 points, half a point off for each that lacks an event
INSERT INTO points
  SELECT c.code, 'A6', 6 - (6 - (SELECT count(*) FROM (SELECT DISTINCT e.society, e.date < day('2026-01-01') FROM events e
           JOIN three ON sector = society WHERE e.unit = c.code AND e.kind = '主题活动'
           AND (e.date BETWEEN day('2025-05-23') AND day('2025-06-06')
                OR e.date BETWEEN day('2026-05-23') AND day('2026-05-31'))))), 2 FROM county c;
-- A7: societies with an assigned chair: 3 -> 3, 2 -> 1.5, 1 -> 0.5
INSERT INTO points
  SELECT c.code, 'A7', CASE (SELECT count(DISTINCT s.kind) FROM soc s JOIN three ON sector = s.kind
                             WHERE s.unit = c.code AND s.chair = 1) WHEN 3 THEN 6 WHEN 2 THEN 3 WHEN 1 THEN 1 ELSE 0 END, 2
  FROM county c;
-- A8: local experts in the societies: 10 -> 1, each 5 more 0.2, at most 2; below 10 nothing
INSERT INTO points
  SELECT c.code, 'A8', CASE WHEN coalesce(e, 0) < 10 THEN 0 ELSE min(10, 5 + (e - 10) / 5) END, 5
  FROM county c LEFT JOIN (SELECT unit, sum(experts) AS e FROM soc GROUP BY unit) ON unit = c.code;

-- ------------------------------------------------------------------------------------------------------------ block B
-- B1: society x year with at least four events of the three kinds: 5 x share of the 6
INSERT INTO points
  SELECT c.code, 'B1', 5 * (SELECT count(*) FROM (SELECT 1 FROM ev e JOIN three ON sector = society WHERE e.unit = c.code
           AND e.kind IN ('前沿科普', '技术培训', '成果转化对接') GROUP BY e.society, e.year HAVING count(*) >= 4)), 6
  FROM county c;
-- B2: per person the best list: national 2, regional 1, city 0.5; at most 3
INSERT INTO points
  SELECT c.code, 'B2', min(6, coalesce((SELECT sum(best) FROM (SELECT max(CASE t.level WHEN '国家级' THEN 4 WHEN '自治区级' THEN 2
           WHEN '市级' THEN 1 END) AS best FROM talents t, period p WHERE t.unit = c.code AND t.date BETWEEN p.first AND p.last
           GROUP BY t.person)), 0)), 2 FROM county c;
-- B3: academic and industry events: hosted 1, joint 0.5; at most 4
INSERT INTO points
  SELECT c.code, 'B3', min(8, coalesce((SELECT sum(CASE e.form WHEN '承办' THEN 2 WHEN '联办' THEN 1 ELSE 0 END) FROM ev e
           WHERE e.unit = c.code AND e.kind IN ('学术活动', '产学研对接')), 0)), 2 FROM county c;
-- B4: per piece of advice the highest level that took it up: region 1.5, city 1, county 0.5; at most 4
INSERT INTO points
  SELECT c.code, 'B4', min(8, coalesce((SELECT sum(best) FROM (SELECT max(CASE a.adopted WHEN '自治区级' THEN 3 WHEN '市级' THEN 2
           WHEN '县级' THEN 1 ELSE 0 END) AS best FROM advice a, period p WHERE a.unit = c.code
           AND a.date BETWEEN p.first AND p.last GROUP BY a.item)), 0)), 2 FROM county c;

-- ------------------------------------------------------------------------------------------------------------ block C
-- C1: townships that reached their number in every quarter (towns and streets 2, the others 1): 10 x share
INSERT INTO points
  SELECT t.county, 'C1', 10 * sum((SELECT count(*) FROM quarter q WHERE (SELECT count(*) FROM act a WHERE a.unit = t.code
           AND a.quarter = q.n) >= CASE WHEN t.class IN ('镇', '街道') THEN 2 ELSE 1 END) = 8), count(*)
  FROM township t GROUP BY t.county;
-- C2: teams with at least 24 activities: 3 -> 5, 2 -> 3, 1 -> 1
INSERT INTO points
  SELECT c.code, 'C2', CASE (SELECT count(*) FROM (SELECT 1 FROM act a WHERE a.county = c.code AND a.team IN ('教育', '卫生', '农业')
           GROUP BY a.team HAVING count(*) >= 24)) WHEN 3 THEN 5 WHEN 2 THEN 3 WHEN 1 THEN 1 ELSE 0 END, 1 FROM county c;
-- C3: of the five groups, those reached at least 8 times in each of the two years: 1 each
INSERT INTO points
  SELECT c.code, 'C3', (SELECT count(*) FROM (SELECT 1 FROM (SELECT a.audience, a.year FROM act a WHERE a.county = c.code
           AND a.audience IN ('青少年', '农民', '产业工人', '老年人', '领导干部') GROUP BY a.audience, a.year HAVING count(*) >= 8)
           GROUP BY audience HAVING count(*) = 2)), 1 FROM county c;
-- C4: township x kind of the four services: share x of the pairs; 0 at 0.5, 2 at 0.9, 4 at 1, straight between
CREATE TABLE reach AS
  SELECT t.county, 4 * count(*) AS n, sum((SELECT count(DISTINCT a.kind) FROM act a WHERE a.unit = t.code
           AND a.kind IN ('青少年科技教育', '反邪教宣传教育', '农业实用技术培训', '健康义诊'))) AS x
  FROM township t GROUP BY t.county;
INSERT INTO points
  SELECT county, 'C4', CASE WHEN 2 * x <= n THEN 0 WHEN 10 * x <= 9 * n THEN 10 * x - 5 * n ELSE 40 * x - 32 * n END, 2 * n
  FROM reach;
-- C5: share on order: 3 from 0.5 on, 0.5 less for each whole 5 percentage points below
INSERT INTO points
  SELECT c.code, 'C5', CASE WHEN n IS NULL THEN 0 WHEN 2 * o >= n THEN 6 ELSE max(0, 6 - (10 * n - 20 * o) / n) END, 2
  FROM county c LEFT JOIN (SELECT county, sum(on_order) AS o, count(*) AS n FROM act GROUP BY county) ON county = c.code;
-- C6: hours a township over 48: 3 x at most 1
INSERT INTO points
  SELECT t.county, 'C6', 3 * min(coalesce(h, 0), 480 * count(*)), 480 * count(*)
  FROM township t LEFT JOIN (SELECT county, sum(hours) AS h FROM act GROUP BY county) USING (county) GROUP BY t.county;
-- C7: people served: 0.25 for each full 3000, at most 2
INSERT INTO points
  SELECT c.code, 'C7', min(8, (SELECT coalesce(sum(a.people), 0) FROM act a WHERE a.county = c.code) / 3000), 4 FROM county c;
-- C8: all three societies on the platform: 2
INSERT INTO points
  SELECT c.code, 'C8', 2 * ((SELECT count(DISTINCT s.kind) FROM soc s JOIN three ON sector = s.kind WHERE s.unit = c.code
           AND s.platform = 1) = 3), 1 FROM county c;
-- C9: services in science courtyards over the agreed target, 2 x at most 1; not for city districts
INSERT INTO points
  SELECT c.code, 'C9', 2 * min(t.value, (SELECT count(*) FROM act a WHERE a.county = c.code AND a.place = '科技小院')), t.value
  FROM county c JOIN targets t ON t.subject = c.code AND t.indicator = 'C9' WHERE c.class <> '市辖区';

-- ------------------------------------------------------------------------------------------------------ blocks D and E
-- D1: accepted model sites over 3: 4 x at most 1
INSERT INTO points
  SELECT c.code, 'D1', 4 * min(3, (SELECT count(*) FROM models m, period p WHERE m.unit = c.code AND m.kind = '示范点'
           AND m.accepted = 1 AND m.date BETWEEN p.first AND p.last)), 3 FROM county c;
-- D2: the best case: region 3, city 2, county 1
INSERT INTO points
  SELECT c.code, 'D2', coalesce((SELECT max(CASE m.level WHEN '自治区级' THEN 3 WHEN '市级' THEN 2 WHEN '县级' THEN 1 END)
           FROM models m, period p WHERE m.unit = c.code AND m.kind = '典型案例' AND m.date BETWEEN p.first AND p.last), 0), 1
  FROM county c;
-- D3: distinct items a quarter, at most two of each quarter count, 0.2 each; at most 3
INSERT INTO points
  SELECT c.code, 'D3', min(15, coalesce((SELECT sum(min(2, n)) FROM (SELECT count(DISTINCT x.item) AS n FROM publicity x
           JOIN quarter q ON x.date BETWEEN q.first AND q.last WHERE x.unit = c.code GROUP BY q.n)), 0)), 5 FROM county c;
-- E1: object x year reviewed: 4 x share of the 6
INSERT INTO points
  SELECT c.code, 'E1', 4 * (SELECT count(*) FROM (SELECT DISTINCT r.object, y.n FROM reviews r JOIN year y
           ON r.date BETWEEN y.first AND y.last WHERE r.unit = c.code AND r.object IN ('三长', '三会', '三队'))), 6 FROM county c;
-- E2: the reviewer's mark, else the county's own
INSERT INTO points
  SELECT c.code, 'E2', CASE coalesce(
           (SELECT label FROM marks WHERE subject = c.code AND indicator = 'E2' AND track = '审核'),
           (SELECT label FROM marks WHERE subject = c.code AND indicator = 'E2' AND track = '自评'))
           WHEN '好' THEN 4 WHEN '较好' THEN 3 WHEN '一般' THEN 2 ELSE 0 END, 1 FROM county c;
-- P1: awards: national 2, regional 1; at most 3
INSERT INTO points
  SELECT c.code, 'P1', min(3, coalesce((SELECT sum(CASE w.level WHEN '国家级' THEN 2 WHEN '自治区级' THEN 1 END) FROM awards w,
           period p WHERE w.unit = c.code AND w.date BETWEEN p.first AND p.last), 0)), 1 FROM county c;
-- N1: a layer of paper too many: 1 off each, at most 2
INSERT INTO points
  SELECT c.code, 'N1', -min(2, (SELECT count(*) FROM documents d, period p WHERE d.unit = c.code AND d.kind = '层层意见'
           AND d.date BETWEEN p.first AND p.last)), 1 FROM county c;

-- --------------------------------------------------------------------------------------------------- rounding, decision
CREATE TABLE rounded AS
  SELECT county, id, CASE WHEN num < 0 THEN -((200 * -num + den) / (2 * den)) ELSE (200 * num + den) / (2 * den) END AS cents
  FROM points;
-- Without C9 the rest of block C carries its two points: 36/34 of the block's sum, rounded once more.
CREATE TABLE services AS
  SELECT county, CASE WHEN max(id = 'C9') THEN sum(cents) ELSE (2 * 36 * sum(cents) + 34) / (2 * 34) END AS cents
  FROM rounded WHERE id LIKE 'C%' GROUP BY county;
CREATE TABLE total AS
  SELECT county, max(0, sum(cents)) AS cents
  FROM (SELECT county, cents FROM rounded WHERE id NOT LIKE 'C%' UNION ALL SELECT county, cents FROM services) GROUP BY county;
CREATE TABLE ranked AS
  SELECT t.county, t.cents, 1 + (SELECT count(*) FROM total o WHERE o.cents > t.cents) AS rank FROM total t;
-- The best three of 22 (15 of a hundred, rounded down) may be the top grade; a place that a tie would overfill stays empty.
-- An ethics question not answered within 30 days limits the grade, before the places are given.
CREATE TABLE decided AS
  SELECT r.county, r.cents, r.rank, EXISTS (SELECT 1 FROM ethics e, period p WHERE e.unit = r.county
           AND e.raised BETWEEN p.first AND p.last AND coalesce(e.answered > e.raised + 30, 1)) AS limited FROM ranked r;
CREATE TABLE graded AS
  SELECT d.county, d.cents, d.rank, CASE
    WHEN d.cents >= 9000 AND NOT d.limited AND (SELECT count(*) FROM decided o WHERE o.cents >= 9000 AND NOT o.limited
         AND o.cents >= d.cents) <= (SELECT count(*) * 15 / 100 FROM county) THEN '优秀'
    WHEN d.cents >= 8000 AND NOT d.limited THEN '良好'
    WHEN d.cents >= 6000 THEN '合格' ELSE '不合格' END AS grade FROM decided d;
