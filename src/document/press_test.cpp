#include "document/press.h"

#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <zip.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "document/notes.h"
#include "document/sample_fixture.h"

namespace anlan::document {
namespace {

const std::string kFolder = ANLAN_SOURCE_DIR "/data/documents";

const Press& press() {
  static const Result<Press> opened = Press::open(kFolder);
  return *opened;
}

// What a poppler tool prints about the PDF.
std::string ask(const std::string& tool, const Bytes& pdf, const std::string& arguments = "") {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string path = testing::TempDir() + test->name() + ".pdf";
  std::ofstream(path, std::ios::binary) << pdf;
  FILE* pipe = popen((tool + " " + path + " " + arguments).c_str(), "r");
  std::string out;
  for (char buffer[4096]; std::size_t got = fread(buffer, 1, sizeof buffer, pipe);) out.append(buffer, got);
  pclose(pipe);
  std::filesystem::remove(path);
  return out;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

std::map<std::string, std::string> parts_of(const Bytes& docx) {
  zip_error_t error;
  zip_t* archive =
      zip_open_from_source(zip_source_buffer_create(docx.data(), docx.size(), 0, &error), ZIP_RDONLY, &error);
  std::map<std::string, std::string> parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    std::string& content = parts[zip_get_name(archive, static_cast<zip_uint64_t>(i), 0)];
    content.resize(1 << 20);
    content.resize(static_cast<std::size_t>(zip_fread(file, content.data(), content.size())));
    zip_fclose(file);
  }
  zip_discard(archive);
  return parts;
}

struct Words {
  std::vector<std::string>& out;
  void operator()(const Heading& heading) { out.push_back(heading.text); }
  void operator()(const Paragraph& paragraph) { out.push_back(paragraph.text); }
  void operator()(const NumberedList& list) {
    for (std::size_t i = 0; i < list.items.size(); ++i) out.push_back(std::to_string(i + 1) + "." + list.items[i]);
  }
  void operator()(const FactTable& table) {
    for (const Fact& fact : table.facts) out.insert(out.end(), {fact.label, fact.value});
  }
  void operator()(const Table& table) {
    for (const auto& row : table.rows) out.insert(out.end(), row.begin(), row.end());
  }
};

std::vector<std::string> words_of(const OfficialDocument& d) {
  std::vector<std::string> out{"000012",       d.security,       d.urgency,    d.letterhead, d.number, d.signer,
                               d.issuing_body, d.title,          d.addressees, d.contact,    d.phone,  d.copy_to,
                               d.printed_by,   "2026年11月23日", d.marks.band, d.marks.note};
  for (const Block& block : d.body) std::visit(Words{out}, block);
  for (const Attachment& attachment : d.attachments) {
    out.push_back(attachment.title);
    for (const Block& block : attachment.blocks) std::visit(Words{out}, block);
  }
  return out;
}

TEST(Press, ThePdfHoldsEveryWordAsText) {
  for (const OfficialDocument& document : {sample_bulletin(), sample_report()}) {
    const std::string text = without_blanks(ask("pdftotext -raw", *press().to_pdf(document), "-"));
    for (const std::string& words : words_of(document)) {
      std::string wanted = without_blanks(words);
      if (wanted.size() < 60) {
        EXPECT_NE(text.find(wanted), std::string::npos) << words;
        continue;
      }
      EXPECT_NE(text.find(wanted.substr(0, 60)), std::string::npos) << words;  // the rest may lie on the next page
    }
  }
}

TEST(Press, ThePartsStandInTheOrderOfTheStandard) {
  const std::string text = without_blanks(ask("pdftotext -raw", *press().to_pdf(sample_bulletin()), "-"));
  std::size_t at = 0;
  for (const char* words :
       {"000012", "内部资料★1年", "特急", "寿光市值班快报", "第12期", "签发：赵䶮", "2026年11月23日", "关于羊口镇",
        "潍坊市应急管理局，", "一、基本情况", "二、处置情况", "三、下一步工作", "1.继续堵漏",
        "寿光市应急管理局2026年11月23日", "（联系人：孙𬒔（虚构）；联系电话：0536-0000000）",
        "抄送：", "寿光市应急管理局办公室2026年11月23日印发"}) {
    const std::size_t found = text.find(words, at);
    ASSERT_NE(found, std::string::npos) << words;
    at = found;
  }
}

TEST(Press, FontsAreEmbeddedAsOutlinesWithTheirCharacters) {
  const std::string fonts = ask("pdffonts", *press().to_pdf(sample_bulletin()));
  EXPECT_EQ(fonts.find("Type 3"), std::string::npos) << fonts;
  EXPECT_EQ(fonts.find(" no "), std::string::npos) << fonts;  // embedded, subset, with Unicode
  EXPECT_NE(fonts.find("yes yes yes"), std::string::npos) << fonts;
}

TEST(Press, PagesAreA4AndTheFileNamesTitleAndAuthor) {
  const std::string bulletin = ask("pdfinfo", *press().to_pdf(sample_bulletin()));
  EXPECT_NE(bulletin.find("595.276 x 841.89 pts (A4)"), std::string::npos) << bulletin;
  EXPECT_NE(bulletin.find("Pages:           2\n"), std::string::npos) << bulletin;
  EXPECT_NE(bulletin.find("关于羊口镇某企业氯气泄漏事故的报告"), std::string::npos) << bulletin;
  EXPECT_NE(bulletin.find("Author:          寿光市应急管理局\n"), std::string::npos) << bulletin;
  const std::string report = ask("pdfinfo", *press().to_pdf(sample_report()));
  EXPECT_NE(report.find("Pages:           5\n"), std::string::npos) << report;
}

TEST(Press, ALineHolds28CharactersAndTheRestGoesOn) {
  OfficialDocument document = sample_bulletin();
  std::string text;
  for (int i = 0; i < 54; ++i) text += "安";
  document.body = {Paragraph{text}};
  const std::string out = ask("pdftotext -raw", *press().to_pdf(document), "-");
  const std::string first = text.substr(0, 26 * 3), second = text.substr(0, 28 * 3);
  EXPECT_NE(out.find("\n" + first + "\n" + second + "\n"), std::string::npos) << out;
}

TEST(Press, PageNumbersStandRightOnOddAndLeftOnEvenPages) {
  const std::string boxes = ask("pdftotext -bbox", *press().to_pdf(sample_report()), "-");
  std::vector<double> x;
  for (std::size_t at = boxes.find(">—"); at != std::string::npos; at = boxes.find(">—", at + 1)) {
    const std::size_t from = boxes.rfind("xMin=\"", at) + 6;
    if (const double left = std::stod(boxes.substr(from)); x.size() % 2 == 0 ? left > 400 : left < 140)
      x.push_back(left);
  }
  EXPECT_EQ(x.size(), 5u) << boxes;
}

TEST(Press, TheSignatureNeverStandsAloneOnAPage) {
  for (int paragraphs = 3; paragraphs < 30; ++paragraphs) {
    OfficialDocument document = sample_bulletin();
    document.body.assign(static_cast<std::size_t>(paragraphs), Paragraph{"正文一行。"});
    const std::string text = ask("pdftotext -raw", *press().to_pdf(document), "-");
    const std::size_t page = text.rfind('\f', text.find("寿光市应急管理局\n2026年"));
    const std::size_t begin = page == std::string::npos ? 0 : page;
    EXPECT_LT(text.find("正文一行。", begin), text.find("联系人", begin)) << paragraphs;
    EXPECT_LT(text.find("正文一行。", begin), text.find("抄送", begin)) << paragraphs;
  }
}

TEST(Press, ATableRepeatsItsHeadOnEveryPageItTakes) {
  const std::string text = without_blanks(ask("pdftotext -raw", *press().to_pdf(sample_report()), "-"));
  std::size_t heads = 0;
  for (std::size_t at = text.find("镇（街道）"); at != std::string::npos; at = text.find("镇（街道）", at + 1)) ++heads;
  EXPECT_EQ(heads, 2u);
}

TEST(Press, TheSameDocumentGivesTheSameBytes) {
  const Result<Press> other = Press::open(kFolder);
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(*press().to_pdf(sample_report()), *other->to_pdf(sample_report()));
  EXPECT_EQ(*press().to_docx(sample_report()), *other->to_docx(sample_report()));
}

TEST(Press, AnEmptyDocumentIsStillAPage) {
  const auto pdf = press().to_pdf(OfficialDocument{});
  ASSERT_TRUE(pdf.ok());
  EXPECT_NE(ask("pdfinfo", *pdf).find("Pages:           1\n"), std::string::npos);
  EXPECT_TRUE(press().to_docx(OfficialDocument{}).ok());
}

TEST(Press, ACellTallerThanAPageGoesOnOnTheNext) {
  OfficialDocument document = sample_bulletin();
  std::string words;
  for (int i = 0; i < 900; ++i) words += "长";
  document.body = {FactTable{{{"经过", words}}}};
  const std::string text = ask("pdftotext -raw", *press().to_pdf(document), "-");
  EXPECT_GE(std::count(text.begin(), text.end(), '\xBF'), 900);  // the last byte of 长
}

TEST(Press, EveryPartOfTheDocxIsWellFormedAndHoldsEveryWord) {
  OfficialDocument document = sample_bulletin();
  document.body.emplace_back(Paragraph{"<&\">\x01"});
  const auto docx = press().to_docx(document);
  ASSERT_TRUE(docx.ok());
  const auto parts = parts_of(*docx);
  EXPECT_EQ(parts.size(), 12u);
  for (const auto& [name, content] : parts) {
    xmlDocPtr xml = xmlReadMemory(content.data(), static_cast<int>(content.size()), name.c_str(), nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR);
    EXPECT_NE(xml, nullptr) << name;
    xmlFreeDoc(xml);
    EXPECT_EQ(content.find("{{"), std::string::npos) << name;
  }
  const std::string all = parts.at("word/document.xml") + parts.at("word/header-odd.xml");
  for (const std::string& words : words_of(sample_bulletin())) EXPECT_NE(all.find(words), std::string::npos) << words;
  EXPECT_NE(all.find("&lt;&amp;&quot;&gt;"), std::string::npos);
}

TEST(Press, TheDocxNamesTheFontsOfTheSite) {
  const auto own = Press::open(kFolder, {{"fangsong", {"方正仿宋_GBK", {"LXGW WenKai"}}}});
  ASSERT_TRUE(own.ok());
  EXPECT_EQ(own->leading_face("fangsong"), "LXGW WenKai");
  const auto parts = parts_of(*own->to_docx(sample_bulletin()));
  EXPECT_NE(parts.at("word/styles.xml").find("w:eastAsia=\"方正仿宋_GBK\""), std::string::npos);
  EXPECT_EQ(parts.at("word/styles.xml").find("仿宋_GB2312\""), std::string::npos);
}

TEST(Press, AMissingFontOfTheSiteIsAFailureThatNamesRoleAndFont) {
  const auto own = Press::open(kFolder, {{"kai", {"", {"No Such Kai"}}}});
  ASSERT_FALSE(own.ok());
  EXPECT_EQ(own.error().what, "no font for the role \"kai\": none of [No Such Kai] is installed");
}

TEST(Press, ARoleThatDoesNotExistIsAFailure) {
  const auto own = Press::open(kFolder, {{"ming", {"", {"LXGW WenKai"}}}});
  ASSERT_FALSE(own.ok());
  EXPECT_EQ(own.error().what, "there is no font role \"ming\"");
}

TEST(HouseStyle, AMissingKeyIsNamed) {
  const auto style = parse_house_style("[font.biaosong]\ndocument = \"x\"\nfaces = [\"y\"]\n", {});
  ASSERT_FALSE(style.ok());
  EXPECT_EQ(style.error().what, "official.toml: \"font.fangsong\" is missing");
}

TEST(Notes, AttachmentsAreNumberedWhereThereAreSeveral) {
  OfficialDocument document;
  document.attachments = {{"甲", {}}};
  EXPECT_EQ(attachment_names(document), (std::vector<std::string>{"甲"}));
  document.attachments.push_back({"乙", {}});
  EXPECT_EQ(attachment_names(document), (std::vector<std::string>{"1.甲", "2.乙"}));
}

}  // namespace
}  // namespace anlan::document
