#include "codec/alert12379/alert.h"

#include <gmock/gmock.h>
#include <toml++/toml.h>

#include <random>

#include "codec/alert12379/reading.h"
#include "codec/alert12379/values.h"
#include "codec/cap/candidate.h"

namespace anlan::alert12379 {
namespace {

using cap::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// In the form of the one real message that is known, line for line.
std::string sample() {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<alert>
<identifier>37078341600000_20260718140500</identifier>
<sender>虚构县气象局</sender>
<senderCode>37078341600000</senderCode>
<sendTime>2026-07-18 14:00:00+08:00</sendTime>
<status>Actual</status>
<msgType>Update</msgType>
<scope>Public</scope>
<code>
<method>
<methodName>SPEAKER</methodName>
<message>请注意防范。</message>
<audienceGrp>31aec396,</audienceGrp>
<audenceprt>,</audenceprt>
</method>
<method>
<methodName>WEB</methodName>
<message/>
<audienceGrp/>
<audenceprt>,</audenceprt>
</method>
</code>
<secClassification>None</secClassification>
<note/>
<references>37078341600000_20260717121842</references>
<info>
<language>zh-CN</language>
<eventType>11B06</eventType>
<urgency>Unknown</urgency>
<severity>Blue</severity>
<certainty>Unknown</certainty>
<effective>2026-07-18 14:07:42+08:00</effective>
<onset/>
<expires/>
<senderName>张三</senderName>
<headline>虚构县气象局发布大风蓝色预警[IV级/一般]</headline>
<description>阵风6到7级 &amp; 雷电。</description>
<instruction/>
<web/>
<area>
<areaDesc>虚构县,虚构县</areaDesc>
<polygon/>
<circle/>
<geocode>370783000000,370783000000</geocode>
</area>
</info>
</alert>
)";
}

std::string with(const std::string& found, const std::string& put) {
  std::string text = sample();
  const std::size_t at = text.find(found);
  EXPECT_NE(at, text.npos) << found;
  return text.replace(at, found.size(), put);
}

// Each error as "code line element value", doubts with a question mark.
std::vector<std::string> briefs(const Reading& reading) {
  std::vector<std::string> out;
  for (const cap::Error& e : reading.errors)
    out.push_back(e.code + (e.kind == cap::ErrorClass::kMeaning ? "? " : " ") + std::to_string(e.line) + ' ' +
                  e.element + ' ' + e.value);
  return out;
}

TEST(Alert12379, IsReadElementByElement) {
  const Reading reading = read(sample());
  EXPECT_THAT(briefs(reading), IsEmpty());
  EXPECT_EQ(reading.kind, Kind::kValid);
  const Alert& alert = reading.alert;
  EXPECT_EQ(alert.identifier, "37078341600000_20260718140500");
  EXPECT_EQ(alert.sender, "虚构县气象局");
  EXPECT_EQ(alert.sender_code, "37078341600000");
  EXPECT_EQ(alert.send_time, parse_rfc3339("2026-07-18T14:00:00+08:00"));
  EXPECT_EQ(alert.status, "Actual");
  EXPECT_EQ(alert.msg_type, "Update");
  EXPECT_EQ(alert.scope, "Public");
  EXPECT_THAT(alert.code, ElementsAre(Method{"SPEAKER", "请注意防范。", "31aec396,", ","}, Method{"WEB", "", "", ","}));
  EXPECT_EQ(alert.sec_classification, "None");
  EXPECT_EQ(alert.references, "37078341600000_20260717121842");
  ASSERT_EQ(alert.info.size(), 1u);
  const Info& info = alert.info[0];
  EXPECT_EQ(info.event_type, "11B06");
  EXPECT_EQ(info.severity, "Blue");
  EXPECT_EQ(info.effective, parse_rfc3339("2026-07-18T14:07:42+08:00"));
  EXPECT_EQ(info.onset, std::nullopt);
  EXPECT_EQ(info.sender_name, "张三");
  EXPECT_EQ(info.headline, "虚构县气象局发布大风蓝色预警[IV级/一般]");
  EXPECT_EQ(info.description, "阵风6到7级 & 雷电。");
  ASSERT_EQ(info.area.size(), 1u);
  EXPECT_EQ(info.area[0].area_desc, "虚构县,虚构县");
  EXPECT_THAT(info.area[0].geocode, ElementsAre("370783000000"));
  EXPECT_EQ(file_name(alert), "37078341600000_20260718140500_11B06_BLUE_Update.xml");
}

TEST(Alert12379, IsTakenByWhatReadsCap) {
  const Reading reading = read(with("<circle/>", "<circle>36.85,118.74 5500</circle>"));
  const cap::Alert alert = as_cap(reading.alert);
  EXPECT_EQ(alert.sent, "2026-07-18T14:00:00+08:00");
  EXPECT_EQ(alert.references, "37078341600000,37078341600000_20260717121842,2026-07-17T12:18:42+08:00");
  const cap::Candidate desk = cap::candidate(alert);
  EXPECT_EQ(desk.event_code, "11B06");
  EXPECT_EQ(desk.severity, "Minor");
  EXPECT_EQ(desk.headline, "虚构县气象局发布大风蓝色预警[IV级/一般]");
  EXPECT_EQ(desk.effective, parse_rfc3339("2026-07-18T14:07:42+08:00"));
  EXPECT_THAT(desk.references, ElementsAre("37078341600000_20260717121842"));
  ASSERT_EQ(desk.circles.size(), 1u);
  EXPECT_EQ(desk.circles[0].radius_m, 5500);
  EXPECT_EQ(alert.info[0].area[0].geocode.at(0).value, "370783000000");
}

TEST(Alert12379Reading, NamesEveryErrorByLineAndElement) {
  EXPECT_THAT(briefs(read(with("<identifier>37078341600000_20260718140500</identifier>", "<identifier/>"))),
              ElementsAre("missing 2 alert identifier"));
  EXPECT_THAT(briefs(read(with(">2026-07-18 14:00:00+08:00<", ">2026-07-18 14:00:00<"))),
              ElementsAre("time_12379 6 sendTime 2026-07-18 14:00:00"));
  const Reading two = read(with("<eventType>11B06</eventType>", "<severity>Red</severity>"));
  EXPECT_THAT(briefs(two), ElementsAre("missing 27 info eventType", "repeated 31 info/severity[2] severity"));
  EXPECT_EQ(two.alert.info.at(0).severity, "Red");
  EXPECT_EQ(two.kind, Kind::kInvalid);
}

TEST(Alert12379Reading, TellsErrorsFromDoubts) {
  const auto kind_and_briefs = [](const std::string& text) {
    const Reading reading = read(text);
    return std::pair(reading.kind == Kind::kValid, briefs(reading));
  };
  using Found = std::pair<bool, std::vector<std::string>>;
  EXPECT_EQ(kind_and_briefs(with(">Blue<", ">Purple<")), Found(false, {"word 31 info/severity Purple"}));
  EXPECT_EQ(kind_and_briefs(with(">Actual<", ">System<")), Found(false, {"word 7 status System"}));
  EXPECT_EQ(kind_and_briefs(with("<urgency>Unknown", "<urgency>Soon")), Found(true, {"word? 30 info/urgency Soon"}));
  EXPECT_EQ(kind_and_briefs(with(">11B06<", ">wind<")), Found(true, {"event_type? 29 info/eventType wind"}));
  EXPECT_EQ(kind_and_briefs(with("<note/>", "<remark>x</remark>")), Found(true, {"unknown_12379? 25 remark remark"}));
  EXPECT_EQ(kind_and_briefs(with("<references>37078341600000_20260717121842</references>", "")),
            Found(true, {"references_missing? 2 alert Update"}));
  EXPECT_EQ(kind_and_briefs(with(">370783000000,370783000000<", "><")),
            Found(true, {"area_none? 27 info ", "missing? 41 info/area geocode"}));
  EXPECT_EQ(kind_and_briefs(with(">370783000000,370783000000<", ">37078<")).second,
            (std::vector<std::string>{"division 45 info/area/geocode 37078", "area_none? 27 info "}));
  EXPECT_EQ(kind_and_briefs(with("<scope>", "<status>Test</status><scope>")),
            Found(false, {"repeated 9 status[2] status"}));
  EXPECT_EQ(kind_and_briefs(with(">37078341600000_20260718140500<", ">A-1<")),
            Found(true, {"identifier_12379? 3 identifier A-1"}));
  EXPECT_EQ(kind_and_briefs(with("<sender>", "<sender><b>x</b>")).second,
            std::vector<std::string>{"child_in_text 4 sender/b b"});
}

TEST(Alert12379Reading, DoesNotLookAtTheOrder) {
  std::string text = with("<note/>", "");
  text.insert(text.find("<identifier>"), "<note>a</note>");
  EXPECT_EQ(read(text).kind, Kind::kValid);
  EXPECT_EQ(read(text).alert.note, "a");
}

TEST(Alert12379Reading, CallsOtherDocumentsForeign) {
  const Reading cap_alert = read("<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>");
  EXPECT_EQ(cap_alert.kind, Kind::kForeign);
  EXPECT_THAT(briefs(cap_alert), ElementsAre("foreign_12379 1 alert {urn:oasis:names:tc:emergency:cap:1.2}alert"));
  EXPECT_EQ(read("<feed/>").kind, Kind::kForeign);
  EXPECT_EQ(read("").kind, Kind::kInvalid);
  EXPECT_THAT(briefs(read("")), ElementsAre("empty_document 1  "));
}

TEST(Alert12379Reading, IsBoundedAndNeverReadsADoctype) {
  const std::string text = sample();
  EXPECT_EQ(read(text, text.size()).kind, Kind::kValid);
  EXPECT_EQ(read(text, text.size() - 1).errors.at(0).code, "too_large");
  EXPECT_EQ(read("<!DOCTYPE alert [<!ENTITY x 'y'>]><alert><sender>&x;</sender></alert>").errors.at(0).code, "doctype");
  const Reading cut = read(text.substr(0, text.find("</info>")));
  EXPECT_EQ(cut.kind, Kind::kInvalid);
  EXPECT_EQ(cut.errors.at(0).code, "ended_early");
}

TEST(Alert12379Values, TakeAPairInEitherOrder) {
  const std::vector<LngLat> triangle = {{118.5, 36.5}, {119, 36.5}, {119, 37}, {118.5, 36.5}};
  EXPECT_EQ(points("36.5,118.5 36.5,119 37,119 36.5,118.5").value, triangle);
  EXPECT_EQ(points("118.5,36.5 119,36.5 119,37 118.5,36.5").value, triangle);
  EXPECT_EQ(points("36.5,118.5 37,119").value.size(), 2u);
  EXPECT_EQ(points("36.5,118.5").fault, "polygon_points");
  EXPECT_EQ(points("36.5,118.5 37,119 36.5,118.5").fault, "polygon_points");
  EXPECT_EQ(points("36.5,18.5 37,119").fault, "outside_china");
  EXPECT_EQ(points("36.5;118.5 37,119").piece, "36.5;118.5");
  EXPECT_EQ(circle("118.74,36.85 5500").value, (Circle{{118.74, 36.85}, 5500}));
  EXPECT_EQ(circle("118.74,36.85 -1").fault, "circle_metres");
  EXPECT_EQ(circle("118.74,36.85").fault, "circle_metres");
  EXPECT_EQ(circle("0,0 5").fault, "outside_china");
}

TEST(Alert12379Values, KnowTimesDivisionsAndIdentifiers) {
  EXPECT_EQ(time("2020-02-05 10:45:00+08:00"), parse_rfc3339("2020-02-05T02:45:00Z"));
  EXPECT_EQ(time("2020-02-05T10:45:00+08:00"), parse_rfc3339("2020-02-05T02:45:00Z"));
  EXPECT_EQ(time("2020-02-30 10:45:00+08:00"), std::nullopt);
  EXPECT_EQ(time("2020-02-05 10:45:00"), std::nullopt);
  EXPECT_EQ(time_text(*parse_rfc3339("2020-02-05T02:45:00.999Z")), "2020-02-05 10:45:00+08:00");
  EXPECT_THAT(divisions("410000000000,410100000000，410000000000,").value, ElementsAre("410000000000", "410100000000"));
  EXPECT_EQ(divisions("410000000000;1").piece, "410000000000;1");
  const auto id = identifier("41000041600000_20200205105119_2");
  EXPECT_EQ(id->division, "410000");
  EXPECT_EQ(id->organisation, "416");
  EXPECT_EQ(id->unit, "000");
  EXPECT_EQ(id->rest, "00");
  EXPECT_EQ(id->entered, parse_rfc3339("2020-02-05T10:51:19+08:00"));
  EXPECT_EQ(id->number, 2);
  for (const char* wrong : {"", "41000041600000", "41000041600000_20201305105119", "41000041600000_20200205105119_",
                            "41000041600000_20200205105119_x", "41000041600000_20200205105119x",
                            "41000041600000_20200205105119_99999999999"})
    EXPECT_EQ(identifier(wrong), std::nullopt) << wrong;
}

TEST(Alert12379Writing, GivesTheFormOfTheRealMessage) {
  const std::string text = write(read(sample()).alert).value();
  EXPECT_THAT(text, HasSubstr("<sendTime>2026-07-18 14:00:00+08:00</sendTime>\n"));
  EXPECT_THAT(text, HasSubstr("      <audenceprt>,</audenceprt>\n"));
  EXPECT_THAT(text, HasSubstr("<onset/>\n"));
  EXPECT_THAT(text, HasSubstr("<description>阵风6到7级 &amp; 雷电。</description>\n"));
  EXPECT_EQ(read(text).alert, read(sample()).alert);
}

TEST(Alert12379Writing, FailsClosedWithoutAnArea) {
  Alert alert = read(sample()).alert;
  alert.info[0].area[0].geocode.clear();
  const auto refused = write(alert);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().at(0).code, "area_none");
  alert.info[0].area.clear();
  EXPECT_FALSE(write(alert).ok());
  Alert unnamed = read(sample()).alert;
  unnamed.info[0].severity = "Purple";
  EXPECT_EQ(write(unnamed).error().at(0).code, "word");
  unnamed = read(sample()).alert;
  unnamed.info[0].description = "a\x01";
  EXPECT_FALSE(write(unnamed).ok());
  unnamed.info[0].description = "\xFF";
  EXPECT_FALSE(write(unnamed).ok());
  EXPECT_FALSE(write(Alert()).ok());
}

class Values {
 public:
  explicit Values(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t end) { return random_() % end; }
  std::string text() {
    static const std::vector<std::string> kPieces = {"汛",  "a",  " ",  "&",  "<",  ">",
                                                     "]]>", "\"", "\n", "\r", "𠮷", "</"};
    std::string out = "a";
    for (std::size_t i = below(8); i-- > 0;) out += kPieces[below(kPieces.size())];
    return out + "z";
  }
  std::string maybe() { return below(2) == 0 ? std::string() : text(); }
  std::string digits(std::size_t size) {
    std::string out = std::to_string(1 + below(9));
    while (out.size() < size) out += static_cast<char>('0' + below(10));
    return out;
  }
  Instant moment() { return from_china_time(2026, 1, 1) + std::chrono::seconds(below(40'000'000)); }
  LngLat point() { return {73 + static_cast<double>(below(6300)) / 100, 3 + static_cast<double>(below(5100)) / 100}; }
  std::vector<LngLat> line() { return {{100, 30}, point(), {110, 40}}; }
  template <class T, class Make>
  std::vector<T> some(std::size_t least, const Make& make) {
    std::vector<T> out(least + below(3));
    for (T& each : out) each = make();
    return out;
  }

 private:
  std::mt19937_64 random_;
};

Area random_area(Values& v) {
  Area area{v.text(), {}, {}, {}, {}};
  area.polygon = v.some<Ring>(0, [&] { return Ring{{100, 30}, v.point(), v.point(), {100, 30}}; });
  area.line = v.some<std::vector<LngLat>>(0, [&] { return v.line(); });
  area.circle = v.some<Circle>(0, [&] { return Circle{v.point(), static_cast<double>(v.below(100000)) / 8}; });
  area.geocode = {v.digits(12), v.digits(6), v.digits(9)};
  return area;
}

Info random_info(Values& v) {
  constexpr const char* kColours[] = {"Red", "Orange", "Yellow", "Blue", "Unknown"};
  Info info;
  info.language = v.below(2) == 0 ? "zh-CN" : "";
  info.event_type = "1" + v.digits(1) + "B" + v.digits(2);
  info.urgency = info.certainty = "Unknown";
  info.severity = kColours[v.below(5)];
  info.effective = v.moment();
  if (v.below(2) == 0) info.expires = v.moment();
  info.sender_name = v.text();
  info.headline = v.text();
  info.description = v.text();
  info.instruction = v.maybe();
  info.web = v.maybe();
  info.resource = v.some<Resource>(0, [&] {
    return Resource{v.text(), static_cast<std::int64_t>(v.below(1000)), v.maybe()};
  });
  info.area = v.some<Area>(1, [&] { return random_area(v); });
  return info;
}

TEST(Alert12379Writing, IsReadAsItWasWritten) {
  Values v(50);
  for (int round = 0; round < 1000; ++round) {
    Alert alert;
    alert.sender_code = v.digits(14);
    alert.identifier = alert.sender_code + "_20260718140500";
    alert.sender = v.text();
    alert.send_time = v.moment();
    alert.status = v.below(2) == 0 ? "Actual" : "Test";
    alert.msg_type = v.below(2) == 0 ? "Update" : "Cancel";
    alert.scope = "Public";
    alert.code = v.some<Method>(1, [&] { return Method{v.text(), v.maybe(), v.maybe(), v.maybe()}; });
    alert.sec_classification = v.below(2) == 0 ? "None" : "";
    alert.note = v.maybe();
    alert.references = alert.identifier;
    alert.info = v.some<Info>(1, [&] { return random_info(v); });
    const auto text = write(alert);
    ASSERT_TRUE(text.ok()) << text.error().at(0).code << ' ' << text.error().at(0).value;
    ASSERT_EQ(read(*text).alert, alert) << *text;
  }
}

TEST(Alert12379Texts, HaveEveryCodeInBothLanguages) {
  for (const char* language : {"zh-CN", "en"}) {
    const auto table = toml::parse_file(std::string(ANLAN_SOURCE_DIR "/data/text/cap.") + language + ".toml");
    for (const char* code : {"foreign_12379", "time_12379", "circle_metres", "outside_china", "division",
                             "unknown_12379", "identifier_12379", "event_type", "area_none"})
      EXPECT_TRUE(table["cap"][code].is_string()) << code;
  }
}

}  // namespace
}  // namespace anlan::alert12379
