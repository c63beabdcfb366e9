#pragma once
// The measures of GB/T 9704-2012, in points unless the name says otherwise. README.md tells which clause gives each.

#include "platform/typeset/pdf.h"

namespace anlan::document {

using typeset::points;

inline constexpr double kPageWidthMm = 210, kPageHeightMm = 297;              // 5.1 A4
inline constexpr double kTypeTop = points(37), kTypeLeft = points(28);        // 5.2.1 天头, 订口
inline constexpr double kTypeWidth = points(156), kTypeHeight = points(225);  // 5.2.1 版心
inline constexpr double kTypeBottom = kTypeTop + kTypeHeight, kTypeRight = kTypeLeft + kTypeWidth;
inline constexpr int kLinesPerPage = 22, kCellsPerLine = 28;  // 5.2.3
// 5.2.3: a page has 22 lines. 225 mm are 637.8 points; a 22nd of it in whole twips, so that a docx says the same.
inline constexpr double kPitch = 28.95;                         // 579/20: what 22 lines in 225 mm come to
inline constexpr double kSize2 = 22, kSize3 = 16, kSize4 = 14;  // 2号, 3号, 4号
// 5.2.3: a line has 28 characters and they fill it, which sets 3号 a fifth of a point closer than its own width.
inline constexpr double kCell = kTypeWidth / kCellsPerLine;  // one character with its share of the spacing
inline constexpr double kTracking = kCell - kSize3;
inline constexpr double kLetterheadTop = kTypeTop + points(35);  // 7.2.4
inline constexpr double kLetterheadTallest = points(22);         // 7.2.4 at most as tall as a superior's
inline constexpr double kLetterheadWidest = points(144);
inline constexpr double kRedLineBelow = points(4);  // 7.2.7
inline constexpr double kRedLineThickness = 1.5;
inline constexpr double kTitlePitch = 34;
inline constexpr double kTitleWidest = 19 * kSize2;                           // leaves half a character at either side
inline constexpr double kThickRule = points(0.35), kThinRule = points(0.25);  // 7.4.1
inline constexpr double kPageNumberBelow = points(7);                         // 7.5
// Height of the baseline in the square of a Chinese character; fonts agree on it.
inline constexpr double kBaseline = 0.88;

inline constexpr typeset::Color kRed{0.902, 0, 0}, kGrey{0.55, 0.55, 0.55};

}  // namespace anlan::document
