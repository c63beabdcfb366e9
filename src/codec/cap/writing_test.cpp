#include "codec/cap/writing.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <random>

#include "codec/cap/files_test.h"
#include "codec/cap/values.h"

namespace anlan::cap {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Random alerts that are valid.
class Values {
 public:
  explicit Values(std::uint64_t seed) : random_(seed) {}

  Alert alert() {
    Alert out{"1.2", name(), name(), time(), one_of({"Actual", "Exercise", "System", "Test", "Draft"}),
              "",    {},     "",     {},     {},
              {},    {},     {},     {},     {}};
    out.msg_type = one_of({"Alert", "Update", "Cancel", "Ack", "Error"});
    out.scope = one_of({"Public", "Restricted", "Private"});
    for (auto* each : {&out.source, &out.restriction, &out.addresses, &out.note, &out.incidents}) *each = maybe_text();
    out.code = some([&] { return text(); });
    if (below(2)) out.references = name() + ',' + name() + ',' + time() + " \n" + name() + ',' + name() + ',' + time();
    out.info = some([&] { return info(); });
    return out;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  std::string one_of(std::vector<std::string> words) { return words[below(words.size())]; }
  template <class Make>
  std::vector<std::invoke_result_t<Make>> some(Make make, std::size_t least = 0) {
    std::vector<std::invoke_result_t<Make>> out;
    for (std::size_t n = least + below(3); n > 0; --n) out.push_back(make());
    return out;
  }
  std::string text() {
    std::string out;
    for (std::size_t n = below(12); n > 0; --n)
      out +=
          one_of({"a", "<", ">", "&", "\"", "'", "]]>", "\r", "\n", "\t", " ", "暴雨", "😀", "&amp;", "<!--", "\x7F"});
    return std::string(trimmed(out));
  }
  std::optional<std::string> maybe_text() { return below(2) ? std::optional(text()) : std::nullopt; }
  std::string name() {
    return one_of({"desk@example.org", "虚构市>", "2.49.0.0.156", "\"'"}) + std::to_string(below(99));
  }
  std::string time() { return date_time(from_ms(static_cast<std::int64_t>(random_() % 4'000'000'000'000))); }
  std::optional<std::string> maybe_time() { return below(2) ? std::optional(time()) : std::nullopt; }
  double number(double most) { return std::uniform_real_distribution<double>(-most, most)(random_); }
  LngLat point() { return below(4) ? LngLat{number(180), number(90)} : LngLat{180, -1e-9}; }
  NamedValue pair() { return {text(), text()}; }

  Resource resource() {
    Resource out{text(), text(), {}, {}, maybe_text(), {}};
    if (below(2)) out.size = static_cast<std::int64_t>(random_() >> 1);
    if (below(2)) out.uri = "https://example.org/预警?a=1&b=" + std::to_string(below(9));
    if (below(2)) out.digest = std::string(40, 'a');
    return out;
  }
  Ring ring() {
    Ring out = some([&] { return point(); }, 3);
    out.push_back(out.front());
    return out;
  }
  Area area() {
    Area out{text(), some([&] { return ring(); }), {}, some([&] { return pair(); }), {}, {}};
    out.circle = some([&] { return Circle{point(), std::abs(number(1000))}; });
    if (below(2)) out.altitude = number(1e9);
    if (below(2)) out.ceiling = number(1e-9);
    return out;
  }
  Info info() {
    Info out;
    if (below(2)) out.language = one_of({"zh-CN", "en", "x-a1"});
    out.category = some([&] { return one_of({"Met", "Geo", "CBRNE", "Other"}); }, 1);
    out.event = text();
    out.response_type = some([&] { return one_of({"Shelter", "AllClear", "Avoid", "None"}); });
    out.urgency = one_of({"Immediate", "Expected", "Future", "Past", "Unknown"});
    out.severity = one_of({"Extreme", "Severe", "Moderate", "Minor", "Unknown"});
    out.certainty = one_of({"Observed", "Likely", "Possible", "Unlikely", "Unknown"});
    for (auto* each :
         {&out.audience, &out.sender_name, &out.headline, &out.description, &out.instruction, &out.contact})
      *each = maybe_text();
    for (auto* each : {&out.effective, &out.onset, &out.expires}) *each = maybe_time();
    if (below(2)) out.web = "http://example.org/";
    out.event_code = some([&] { return pair(); });
    out.parameter = some([&] { return pair(); });
    out.resource = some([&] { return resource(); });
    out.area = some([&] { return area(); });
    return out;
  }

  std::mt19937_64 random_;
};

TEST(CapWriting, OfAnyValidAlertIsReadBackValidAndEqual) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Alert alert = Values(seed).alert();
    const auto text = write(alert);
    ASSERT_TRUE(text.ok()) << seed << ' ' << sentence(text.error().at(0), texts("en"));
    const Reading reading = read(*text);
    ASSERT_EQ(reading.kind, Kind::kValid) << seed;
    ASSERT_EQ(to_json(reading.alert), to_json(alert)) << seed;
    ASSERT_EQ(*write(reading.alert), *text) << seed;
  }
}

TEST(CapWriting, OfEveryValidFileOfOursSaysTheSame) {
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(fixtures())) {
    Reading reading = read(contents(entry.path()));
    if (reading.kind != Kind::kValid) continue;
    reading.alert.signature = false;
    const auto text = write(reading.alert);
    ASSERT_TRUE(text.ok()) << entry.path();
    EXPECT_EQ(to_json(read(*text).alert), to_json(reading.alert)) << entry.path();
    ++compared;
  }
  EXPECT_GE(compared, 6);
}

std::string refusal_of(void (*change)(Alert&)) {
  Alert alert = read_fixture("valid_12_every_element").alert;
  change(alert);
  const auto text = write(alert);
  return text.ok() ? "" : text.error().at(0).code;
}

TEST(CapWriting, RefusesWhatWouldNotBeValid) {
  EXPECT_EQ(refusal_of([](Alert&) {}), "");
  EXPECT_EQ(refusal_of([](Alert& a) { a.identifier = "two words"; }), "name_characters");
  EXPECT_EQ(refusal_of([](Alert& a) { a.identifier.clear(); }), "empty");
  EXPECT_EQ(refusal_of([](Alert& a) { a.sent = "2026-07-18T14:05:00Z"; }), "date_time");
  EXPECT_EQ(refusal_of([](Alert& a) { a.sent = "2026-07-18T14:05:00.5+08:00"; }), "date_time");
  EXPECT_EQ(refusal_of([](Alert& a) { a.status = "实际"; }), "word");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[0].category.clear(); }), "missing");
  EXPECT_EQ(refusal_of([](Alert& a) {
              a.info[0].area.at(0).polygon = {{{118, 36}, {119, 36}, {118, 36}}};
            }),
            "polygon_points");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[1].area[0].polygon[0].back().lng += 1; }), "polygon_open");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[1].area[0].circle = {{{36, 118}, 1}}; }), "coordinate_range");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[1].area[0].circle = {{{118, 36}, -1}}; }), "circle_syntax");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[1].area[0].circle = {{{118, 36}, std::nan("")}}; }), "circle_syntax");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[1].area[0].altitude = std::numeric_limits<double>::infinity(); }),
            "decimal");
  EXPECT_EQ(refusal_of([](Alert& a) { a.info[1].resource.at(0).mime_type.reset(); }), "missing");
  EXPECT_EQ(refusal_of([](Alert& a) { a.note = "\x01"; }), "encoding");
  EXPECT_EQ(refusal_of([](Alert& a) { a.note = "\xff"; }), "encoding");
  EXPECT_EQ(refusal_of([](Alert& a) { a.note = std::string(kBytesLimit, 'x'); }), "too_large");
}

TEST(CapWriting, NamesMomentsWithoutZAndFraction) {
  EXPECT_EQ(date_time(from_china_time(2026, 7, 18, 14, 5) + Milliseconds(999)), "2026-07-18T14:05:00+08:00");
  EXPECT_TRUE(is_cap12_date_time(date_time(Instant{})));
}

TEST(CapWriting, KeepsTextFromBeingReadAsMarkup) {
  Alert alert = read_fixture("valid_12_every_element").alert;
  alert.note = "</note><status>Actual</status>]]>&lt;";
  EXPECT_THAT(*write(alert), HasSubstr("<note>&lt;/note&gt;&lt;status&gt;Actual&lt;/status&gt;]]&gt;&amp;lt;</note>"));
}

}  // namespace
}  // namespace anlan::cap
