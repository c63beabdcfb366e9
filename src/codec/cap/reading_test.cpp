#include "codec/cap/reading.h"

#include <gmock/gmock.h>
#include <libxml/parser.h>
#include <libxml/xmlIO.h>

#include "codec/cap/files_test.h"

namespace anlan::cap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Each error as "code line element value", for comparing whole lists.
std::vector<std::string> briefs(const Reading& reading) {
  std::vector<std::string> out;
  for (const Error& e : reading.errors)
    out.push_back(e.code + ' ' + std::to_string(e.line) + ' ' + e.element + ' ' + e.value);
  return out;
}

std::vector<std::string> errors_of(const std::string& fixture) { return briefs(read_fixture(fixture)); }

// A small valid alert of CAP 1.2 with `inside` added to its information block, which starts at line 8.
std::string alert_with(const std::string& inside) {
  return "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>\n<identifier>i</identifier>\n<sender>s</sender>\n"
         "<sent>2026-07-18T14:05:00+08:00</sent>\n<status>Test</status>\n<msgType>Alert</msgType>\n"
         "<scope>Public</scope>\n<info>\n<category>Met</category>\n<event>e</event>\n<urgency>Past</urgency>\n"
         "<severity>Minor</severity>\n<certainty>Likely</certainty>\n" +
         inside + "</info>\n</alert>\n";
}

TEST(CapReading, ReadsAnAlertOfEachVersionAndEncoding) {
  for (const char* name : {"valid_12_every_element", "valid_12_signed", "valid_12_gbk", "valid_12_utf16"}) {
    const Reading reading = read_fixture(name);
    EXPECT_EQ(reading.kind, Kind::kValid) << name;
    EXPECT_THAT(reading.errors, IsEmpty()) << name;
    EXPECT_EQ(reading.alert.version, "1.2") << name;
  }
  EXPECT_EQ(read_fixture("valid_12_gbk").alert.info.at(0).event, "暴雨");
  EXPECT_EQ(read_fixture("valid_12_utf16").alert.info.at(0).event, "暴雨");
  EXPECT_EQ(read_fixture("valid_11").alert.version, "1.1");
}

TEST(CapReading, NamesAnElementOutOfOrderByLineAndElement) {
  const Reading reading = read_fixture("invalid_order");
  EXPECT_EQ(reading.kind, Kind::kInvalid);
  EXPECT_THAT(briefs(reading), ElementsAre("order 16 info/effective effective"));
  EXPECT_EQ(reading.errors.at(0).expected, "onset");
}

TEST(CapReading, NamesEveryErrorAndNotTheFirstOnly) {
  EXPECT_THAT(errors_of("invalid_values"),
              ElementsAre("attribute 1 alert note", "name_characters 2 identifier a b,c", "empty 3 sender ",
                          "date_time 4 sent 2026-07-18T06:05:00Z", "word 5 status actual", "text_between 7 alert stray",
                          "missing 8 scope scope", "reference 8 references x,y", "language 10 info/language zh_CN",
                          "missing 11 info/category category", "child_in_text 11 info/event/b b",
                          "repeated 12 info/event[2] event", "word 14 info/severity Severe",
                          "word 15 info/certainty Very Likely", "unexpected 16 info/colour colour",
                          "uri 17 info/web http://[", "missing 20 info/resource/mimeType mimeType",
                          "integer 20 info/resource/size 1.5", "decimal 24 info/area/altitude high"));
}

TEST(CapReading, NamesEveryFaultyShape) {
  EXPECT_THAT(
      errors_of("invalid_shapes"),
      ElementsAre("polygon_points 17 info/area/polygon 3", "polygon_open 18 info/area/polygon[2] ",
                  "coordinate_range 19 info/area/polygon[3] 118.8,36.7", "polygon_syntax 20 info/area/polygon[4] 36.7",
                  "polygon_points 21 info/area/polygon[5] 0", "circle_syntax 22 info/area/circle 36.7,118.8",
                  "coordinate_range 23 info/area/circle[2] 36.7,181 1",
                  "circle_syntax 24 info/area/circle[3] 36.7,118.8 -1"));
}

TEST(CapReading, TakesASignatureAtTheEndOfAnAlertOf12Only) {
  EXPECT_TRUE(read_fixture("valid_12_signed").alert.signature);
  EXPECT_THAT(errors_of("invalid_signature_place"), ElementsAre("signature_place 9 Signature Signature"));
  EXPECT_THAT(errors_of("invalid_11_signed"), ElementsAre("foreign_element 16 Signature Signature"));
}

TEST(CapReading, KnowsWhere11DiffersFrom12) {
  const std::string now = alert_with("<resource>\n<resourceDesc>r</resourceDesc>\n</resource>\n");
  EXPECT_THAT(briefs(read(now)), ElementsAre("missing 14 info/resource/mimeType mimeType"));
  std::string before = now;
  before.replace(before.find("1.2"), 3, "1.1");
  EXPECT_EQ(read(before).kind, Kind::kValid);
  before.insert(before.find("<urgency>"), "<responseType>AllClear</responseType>");
  EXPECT_THAT(briefs(read(before)), ElementsAre("word 11 info/responseType AllClear"));
}

TEST(CapReading, KeepsAnAlertOfDoubtfulMeaningValidAndSaysWhy) {
  const Reading reading = read_fixture("valid_12_empty_references");
  EXPECT_EQ(reading.kind, Kind::kValid);
  EXPECT_THAT(briefs(reading), ElementsAre("references_empty 9 references "));

  std::string text = alert_with("<expires>2026-07-18T13:05:00+08:00</expires>\n");
  EXPECT_THAT(briefs(read(text)), ElementsAre("expires_early 14 info/expires 2026-07-18T13:05:00+08:00"));
  EXPECT_EQ(read(text).errors.at(0).expected, "sent 2026-07-18T14:05:00+08:00");
  text = alert_with("");
  text.replace(text.find("Public"), 6, "Private");
  EXPECT_THAT(briefs(read(text)), ElementsAre("scope_alone 7 scope Private"));
  text = alert_with("");
  text.replace(text.find("<msgType>Alert"), 14, "<msgType>Cancel");
  EXPECT_THAT(briefs(read(text)), ElementsAre("references_missing 6 msgType Cancel"));
  EXPECT_EQ(read(text).kind, Kind::kValid);
}

TEST(CapReading, CallsAnotherRootForeignAndNamesItEvenWhenItIsBroken) {
  EXPECT_EQ(read_fixture("foreign_edxl").root, "EDXLDistribution");
  const Reading feed = read_fixture("foreign_feed");
  EXPECT_EQ(feed.kind, Kind::kForeign);
  EXPECT_THAT(briefs(feed), ElementsAre("foreign_root 2 feed {http://www.w3.org/2005/Atom}feed"));
  const Reading broken = read_fixture("foreign_feed_bad_bytes");
  EXPECT_EQ(broken.kind, Kind::kForeign);
  EXPECT_FALSE(broken.well_formed);
  EXPECT_EQ(broken.errors.at(1).code, "encoding");
}

TEST(CapReading, CallsBytesWithoutARootInvalid) {
  EXPECT_EQ(read("").errors.at(0).code, "empty_document");
  EXPECT_EQ(read("").kind, Kind::kInvalid);
  EXPECT_EQ(read_fixture("invalid_not_xml").errors.at(0).code, "empty_document");
  EXPECT_EQ(read_fixture("invalid_cut_short").errors.at(0).code, "ended_early");
  EXPECT_THAT(errors_of("invalid_12379"), ElementsAre("namespace 2 alert "));
}

TEST(CapReading, NamesBytesThatAreNotOfTheDeclaredEncoding) {
  std::string text = contents(fixtures() / "valid_12_gbk.xml");
  text.insert(text.find("</event>"), "\xFF\xFF");
  testing::internal::CaptureStderr();
  const Reading reading = read(text);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(reading.kind, Kind::kInvalid);
  EXPECT_EQ(reading.errors.at(0).code, "encoding");
}

int opened = 0;

xmlParserInputPtr count_entity(const char*, const char*, xmlParserCtxtPtr) { return ++opened, nullptr; }
int count_file(const char*) { return ++opened, 0; }

TEST(CapReading, RefusesADoctypeWithoutTouchingDiskOrNetwork) {
  const auto loader = xmlGetExternalEntityLoader();
  xmlSetExternalEntityLoader(count_entity);
  xmlRegisterInputCallbacks(count_file, nullptr, nullptr, nullptr);
  const std::string existing = "file://" ANLAN_SOURCE_DIR "/LICENSE";
  const std::string body = "><alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>&x;</identifier></alert>";
  for (const std::string& doctype : std::vector<std::string>{
           "<!DOCTYPE alert [<!ENTITY x SYSTEM '" + existing + "'>]", "<!DOCTYPE alert SYSTEM '" + existing + "'",
           "<!DOCTYPE y [<!ENTITY % x SYSTEM '" + existing + "'> %x;]", "<!DOCTYPE alert SYSTEM 'http://127.0.0.1:9/x'",
           "<!DOCTYPE alert [<!ENTITY x 'expanded'>]"}) {
    const Reading reading = read(doctype + body);
    EXPECT_EQ(reading.kind, Kind::kInvalid);
    ASSERT_EQ(reading.errors.size(), 1u);
    EXPECT_EQ(reading.errors[0].code, "doctype");
    EXPECT_EQ(reading.alert.identifier, "");
  }
  const Reading late = read("<?xml version='x'?><!DOCTYPE a [<!ENTITY % x SYSTEM '" + existing + "'> %x;]" + body);
  EXPECT_EQ(late.errors.front().code, "not_well_formed");
  EXPECT_EQ(late.errors.back().code, "doctype");
  EXPECT_EQ(late.alert.identifier, "");
  EXPECT_EQ(opened, 0);
  EXPECT_EQ(xmlReadFile((ANLAN_SOURCE_DIR "/LICENSE"), nullptr, XML_PARSE_NOERROR), nullptr);
  EXPECT_EQ(opened, 1);  // the count counts
  xmlPopInputCallbacks();
  xmlSetExternalEntityLoader(loader);
}

TEST(CapReading, BoundsBytesDepthAndErrors) {
  const std::string text = alert_with("");
  EXPECT_EQ(read(text, text.size()).kind, Kind::kValid);
  EXPECT_THAT(briefs(read(text, text.size() - 1)), ElementsAre("too_large 0  " + std::to_string(text.size())));

  std::string deep;
  for (int i = 0; i < kDepthLimit; ++i) deep += "<a>";
  EXPECT_EQ(read(alert_with(deep)).errors.at(0).code, "too_deep");

  std::string many;
  for (std::size_t i = 0; i < 2 * kErrorsLimit; ++i) many += "<a/>";
  EXPECT_EQ(read(alert_with(many)).errors.size(), kErrorsLimit);
}

TEST(CapReading, StaysInvalidWhenWarningsFillTheListOfErrors) {
  std::string many;
  for (std::size_t i = 0; i < 2 * kErrorsLimit; ++i) many += "<resource><resourceDesc/><mimeType/><digest/></resource>";
  EXPECT_EQ(read(alert_with(many)).kind, Kind::kValid);
  EXPECT_EQ(read(alert_with(many + "<area><areaDesc/><circle/></area>")).kind, Kind::kInvalid);
}

TEST(CapReading, ResolvesCharacterReferencesAndJoinsWhatCommentsDivide) {
  const Reading reading = read(alert_with("<headline>a&amp;b&#x4E2D;<!-- c --><![CDATA[<d>]]></headline>\n"));
  EXPECT_EQ(reading.kind, Kind::kValid);
  EXPECT_EQ(reading.alert.info.at(0).headline, "a&b中<d>");
}

TEST(CapLine, SaysVerdictReasonLineAndElementInBothLanguages) {
  const Reading order = read_fixture("invalid_order");
  EXPECT_EQ(line("a.cap", order, texts("zh-CN")),
            "a.cap: invalid: 元素次序不符：effective 应在 onset 之前（第 16 行，info/effective）");
  EXPECT_EQ(line("a.cap", order, texts("en")),
            "a.cap: invalid: element out of order: effective belongs before onset (line 16, info/effective)");
  EXPECT_EQ(line("b", read_fixture("valid_12_empty_references"), texts("en")),
            "b: valid: references is empty (line 9, references)");
  EXPECT_EQ(line("c", read_fixture("valid_12_signed"), texts("zh-CN")), "c: valid: CAP 1.2，无错误");
  EXPECT_THAT(line("d", read_fixture("foreign_feed"), texts("en")), testing::StartsWith("d: foreign: "));
  EXPECT_THAT(line("e", read_fixture("invalid_doctype"), texts("en")), HasSubstr("DOCTYPE \"alert\""));
}

TEST(CapLine, StaysOneLineAndLeavesPlaceholdersInValuesAlone) {
  const std::string out = line("f", read(alert_with("<web>http://[\n{line}</web>\n")), texts("en"));
  EXPECT_EQ(out, "f: invalid: \"http://[ {line}\" is not a valid URI (line 14, info/web)");
}

}  // namespace
}  // namespace anlan::cap
