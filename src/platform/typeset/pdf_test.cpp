#include "platform/typeset/pdf.h"

#include <gtest/gtest.h>

namespace anlan::typeset {
namespace {

Bytes one_page(Instant created) {
  auto book = FontBook::open({{"song", {"Noto Serif CJK SC"}}}, {});
  EXPECT_TRUE(book.ok());
  Pdf pdf(*book, 210, 297, {"题目", "作者", created});
  pdf.text(100, 100, shape(*book, {"song", 16}, "安澜"));
  pdf.rule(100, 120, 200, 120, 1);
  pdf.next_page();
  auto bytes = pdf.finish();
  EXPECT_TRUE(bytes.ok());
  return *bytes;
}

TEST(Pdf, TheSameCallsGiveTheSameBytes) {
  const Instant created = from_china_time(2026, 11, 23, 14, 20);
  EXPECT_EQ(one_page(created), one_page(created));
}

TEST(Pdf, BearsTheTimeItIsGivenAndNoOther) {
  const Bytes bytes = one_page(from_china_time(2026, 11, 23, 14, 20, 5));
  EXPECT_NE(bytes.find("/CreationDate (20261123142005+08'00)"), Bytes::npos);
  EXPECT_NE(bytes.find("/ModDate (20261123142005+08'00)"), Bytes::npos);
}

}  // namespace
}  // namespace anlan::typeset
