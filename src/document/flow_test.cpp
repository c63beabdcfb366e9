#include "document/flow.h"

#include <gtest/gtest.h>

#include "document/measures.h"

namespace anlan::document {
namespace {

Strip line(bool kept = false) {
  Strip strip;
  strip.height = kPitch;
  strip.keep_with_next = kept;
  strip.draw = [](typeset::Pdf&, double) {};
  return strip;
}

std::vector<std::size_t> counts(const std::vector<Page>& pages) {
  std::vector<std::size_t> found;
  for (const Page& page : pages) found.push_back(page.size());
  return found;
}

using Counts = std::vector<std::size_t>;

TEST(Flow, APageHolds22Lines) {
  const std::vector<Strip> strips(50, line());
  const auto pages = paginate(strips, kTypeTop);
  EXPECT_EQ(counts(pages), (Counts{22, 22, 6}));
  EXPECT_NEAR(pages[0].back().top, kTypeTop + 21 * kPitch, 1e-9);
  EXPECT_LE(pages[0].back().top + kPitch, kTypeBottom);
}

TEST(Flow, LinesStandOnTheGridAfterAPieceOfAnotherHeight) {
  std::vector<Strip> strips{line(), line()};
  strips[0].height = 40;
  const auto pages = paginate(strips, kTypeTop);
  EXPECT_NEAR(pages[0][1].top, kTypeTop + 2 * kPitch, 1e-9);
}

TEST(Flow, WhatIsKeptTogetherGoesToTheNextPageTogether) {
  std::vector<Strip> strips(21, line());
  for (int i = 0; i < 3; ++i) strips.push_back(line(true));
  strips.push_back(line());
  EXPECT_EQ(counts(paginate(strips, kTypeTop)), (Counts{21, 4}));
}

TEST(Flow, AChainLongerThanAPageIsTorn) {
  std::vector<Strip> strips(30, line(true));
  EXPECT_EQ(counts(paginate(strips, kTypeTop)), (Counts{22, 8}));
}

TEST(Flow, ATableRepeatsItsHeadOnEveryPage) {
  const auto head = std::make_shared<Strip>(line());
  std::vector<Strip> strips{*head};
  for (int i = 0; i < 50; ++i) {
    strips.push_back(line());
    strips.back().head = head;
  }
  const auto pages = paginate(strips, kTypeTop);
  EXPECT_EQ(counts(pages), (Counts{22, 22, 9}));
  EXPECT_EQ(pages[1].front().strip, head.get());
  EXPECT_EQ(pages[2].front().strip, head.get());
}

TEST(Flow, TheImprintEndsWithTheTypeArea) {
  std::vector<Strip> strips{line(), line()};
  strips[1].at_bottom = true;
  strips[1].on_grid = false;
  const auto pages = paginate(strips, kTypeTop);
  EXPECT_NEAR(pages[0][1].top + kPitch, kTypeBottom, 1e-9);
}

TEST(Flow, WhiteSpaceDoesNotBeginAPage) {
  std::vector<Strip> strips(22, line());
  strips.emplace_back().height = kPitch;
  strips.push_back(line());
  const auto pages = paginate(strips, kTypeTop);
  EXPECT_EQ(counts(pages), (Counts{22, 1}));
  EXPECT_NEAR(pages[1][0].top, kTypeTop, 1e-9);
}

}  // namespace
}  // namespace anlan::document
