#include "platform/typeset/zip.h"

#include <gtest/gtest.h>
#include <zip.h>

namespace anlan::typeset {
namespace {

const std::vector<Part> kParts{{"first.xml", "<a/>"}, {"folder/第二.txt", std::string(5000, 'x')}, {"empty", ""}};
const Instant kStamp = from_china_time(2026, 11, 23, 14, 20);

TEST(Zip, WhatIsReadBackIsWhatWasWrittenInItsOrder) {
  const auto bytes = zip(kParts, kStamp);
  ASSERT_TRUE(bytes.ok());
  EXPECT_LT(bytes->size(), 1000u);
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes->data(), bytes->size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  ASSERT_NE(archive, nullptr);
  ASSERT_EQ(zip_get_num_entries(archive, 0), 3);
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    zip_file_t* file = zip_fopen_index(archive, i, 0);
    std::string content(6000, '\0');
    content.resize(static_cast<std::size_t>(zip_fread(file, content.data(), content.size())));
    zip_fclose(file);
    EXPECT_EQ(content, kParts[i].bytes);
    EXPECT_EQ(zip_get_name(archive, i, 0), kParts[i].name);
  }
  zip_discard(archive);
}

TEST(Zip, TheSamePartsGiveTheSameBytes) {
  EXPECT_EQ(*zip(kParts, kStamp), *zip(kParts, kStamp));
  EXPECT_NE(*zip(kParts, kStamp), *zip(kParts, kStamp + Minutes(2)));
}

TEST(Parts, AreReadByNameFromTheFolderOn) {
  const auto parts = read_parts(ANLAN_SOURCE_DIR "/data/documents/docx");
  ASSERT_TRUE(parts.ok());
  EXPECT_EQ(parts->front().name, "[Content_Types].xml");
  EXPECT_EQ(parts->back().name, "word/styles.xml");
}

TEST(Parts, AMissingFolderIsAFailureThatNamesIt) {
  const auto parts = read_parts("no/such/folder");
  ASSERT_FALSE(parts.ok());
  EXPECT_NE(parts.error().what.find("no/such/folder"), std::string::npos);
}

}  // namespace
}  // namespace anlan::typeset
