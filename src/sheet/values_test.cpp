#include "sheet/values.h"

#include "sheet/fold.h"
#include "sheet/sheet_fixture.h"

namespace anlan::sheet {
namespace {

using namespace fixture;

// The value as text, "-" for nothing, or the fault's code.
template <class T, class Show>
std::string outcome(const Reading<T>& reading, const Show& show) {
  if (!reading.ok()) return reading.error().code;
  return *reading ? show(**reading) : "-";
}

std::string number_of(const Cell& cell, const NumberWish& wish = {}) {
  return outcome(read_number(cell, words(), wish), [](const Number& n) {
    return (n.about ? "~" : "") + shown({CellKind::kNumber, {}, n.value, DateStyle::kNone});
  });
}
std::string number_of(const std::string& cell, const NumberWish& wish = {}) { return number_of(text(cell), wish); }

std::string moment_of(const Cell& cell) {
  return outcome(read_moment(cell, words()), [](const Moment& m) {
    std::string shown = std::to_string(m.year) + "-" + std::to_string(m.month) + "-" + std::to_string(m.day);
    if (m.has_time)
      shown += " " + std::to_string(m.hour) + ":" + std::to_string(m.minute) + ":" + std::to_string(m.second);
    return shown;
  });
}
std::string moment_of(const std::string& cell) { return moment_of(text(cell)); }

std::string telephone_of(const Cell& cell) {
  return outcome(read_telephone(cell, words()), [](const std::string& t) { return t; });
}
std::string telephone_of(const std::string& cell) { return telephone_of(text(cell)); }

std::string show(const Point& p) {
  char shown[60];
  std::snprintf(shown, sizeof shown, "%s%.4f,%.4f", p.swapped ? "swapped " : "", p.place.lng, p.place.lat);
  return shown;
}
std::string point_of(const Cell& lng, const Cell& lat) { return outcome(read_point(lng, lat, words()), show); }
std::string point_of(const std::string& lng, const std::string& lat) { return point_of(text(lng), text(lat)); }
std::string point_in(const std::string& both) { return outcome(read_point(text(both), words()), show); }

TEST(Value, OfNumbersIsReadAsOfficesTypeThem) {
  EXPECT_EQ(number_of("１２３．５"), "123.5");
  EXPECT_EQ(number_of("1,234,567.5"), "1234567.5");
  EXPECT_EQ(number_of("１，２３４"), "1234");
  EXPECT_EQ(number_of(" -5 "), "-5");
  EXPECT_EQ(number_of("−0.5"), "-0.5");
  EXPECT_EQ(number_of("约30人"), "~30");
  EXPECT_EQ(number_of("30余人"), "~30");
  EXPECT_EQ(number_of("30人左右"), "~30");
  EXPECT_EQ(number_of("3.5万"), "35000");
  EXPECT_EQ(number_of("1.5E+3"), "1500");
  EXPECT_EQ(number_of(number(0.1 + 0.2)), "0.3");
  for (const char* nothing : {"", " ", "无", "/", "—", "暂无", "　"}) EXPECT_EQ(number_of(nothing), "-") << nothing;
}

TEST(Value, OfNumbersIsInTheUnitThatIsWanted) {
  EXPECT_EQ(number_of("3.5万元", {"元"}), "35000");
  EXPECT_EQ(number_of("35000元", {"万元"}), "3.5");
  EXPECT_EQ(number_of("35000", {"万元", "元"}), "3.5");
  EXPECT_EQ(number_of("500公斤", {"吨"}), "0.5");
  EXPECT_EQ(number_of("0.5t", {"公斤"}), "500");
  EXPECT_EQ(number_of("1000㎡", {"平方米"}), "1000");
  EXPECT_EQ(number_of("3亩", {"平方米"}), "2000");
  EXPECT_EQ(number_of("2小时", {"分钟"}), "120");
  EXPECT_EQ(number_of("30", {"分钟", "手机"}), "30");
  EXPECT_EQ(number_of("3吨", {"平方米"}), "number_unit");
  EXPECT_EQ(number_of("3吨"), "number_unit");
  EXPECT_EQ(number_of("30", {"吨", "米"}), "number_unit");
}

TEST(Value, OfNumbersHasItsFaultsNamed) {
  EXPECT_EQ(number_of("三十"), "number");
  EXPECT_EQ(number_of("12 34"), "number");
  EXPECT_EQ(number_of("1.2.3"), "number");
  EXPECT_EQ(number_of("-"), "-");
  EXPECT_EQ(number_of("1,23"), "number_separators");
  EXPECT_EQ(number_of("12,34,567"), "number_separators");
  EXPECT_EQ(number_of("10-20"), "number_range");
  EXPECT_EQ(number_of("10～20人"), "number_range");
  EXPECT_EQ(number_of("1e999"), "number");
  EXPECT_EQ(number_of(number(45356, DateStyle::kDate)), "number_date");
  EXPECT_EQ(number_of({CellKind::kFormula, "5", 0, DateStyle::kNone}), "formula");
  EXPECT_EQ(number_of({CellKind::kError, "#REF!", 0, DateStyle::kNone}), "error");
}

TEST(Value, OfDatesIsReadInEveryUsualForm) {
  for (const char* day :
       {"2024-3-5", "2024/3/5", "2024.3.5", "20240305", "2024年3月5日", "2024年03月05号", " ２０２４－０３－０５ ",
        "2024 年 3 月 5 日", "2024年3月5日 星期二", "2024-3-5（周二）", "45356"})
    EXPECT_EQ(moment_of(day), "2024-3-5") << day;
  EXPECT_EQ(moment_of(number(45356, DateStyle::kDate)), "2024-3-5");
  EXPECT_EQ(moment_of(number(45356)), "2024-3-5");
  EXPECT_EQ(moment_of(number(20240305)), "2024-3-5");
  EXPECT_EQ(moment_of(number(73050, DateStyle::kDate)), "2099-12-31");
}

TEST(Value, OfDatesMayHaveATime) {
  for (const char* time : {"2024-3-5 14:30", "2024-03-05T14:30:00", "2024/3/5 14:30:00", "2024年3月5日14时30分",
                           "2024年3月5日 14点30分", "2024年3月5日下午２：３０", "202403051430"})
    EXPECT_EQ(moment_of(time), "2024-3-5 14:30:0") << time;
  EXPECT_EQ(moment_of("2024-3-5 14时"), "2024-3-5 14:0:0");
  EXPECT_EQ(moment_of("2024-3-5 23:59:59"), "2024-3-5 23:59:59");
  EXPECT_EQ(moment_of("2024-3-5(星期二) 8:05"), "2024-3-5 8:5:0");
  EXPECT_EQ(moment_of("2024年3月5日上午12点"), "2024-3-5 0:0:0");
  EXPECT_EQ(moment_of(number(45356.604166666664, DateStyle::kDateTime)), "2024-3-5 14:30:0");
  EXPECT_EQ(moment_of(number(45356.9999999999, DateStyle::kDateTime)), "2024-3-6 0:0:0");
}

TEST(Value, OfDatesThatMayBeSeveralIsRefused) {
  EXPECT_EQ(moment_of("24-3-5"), "date_two_digits");
  EXPECT_EQ(moment_of("3/5/24"), "date_two_digits");
  EXPECT_EQ(moment_of("5/3/2024"), "date_order");
  EXPECT_EQ(moment_of("2024-13-5"), "date_month");
  EXPECT_EQ(moment_of("20241305"), "date_month");
  EXPECT_EQ(moment_of("2023-2-29"), "date_day");
  EXPECT_EQ(moment_of("2024-2-29"), "2024-2-29");
  EXPECT_EQ(moment_of("2024-3-0"), "date_day");
  EXPECT_EQ(moment_of("1024-3-5"), "date_year");
  EXPECT_EQ(moment_of("2024年3月"), "date_incomplete");
  EXPECT_EQ(moment_of("2024"), "date_incomplete");
  EXPECT_EQ(moment_of("2024-3-5 25:00"), "date_time");
  EXPECT_EQ(moment_of("2024-3-5 下午"), "date_time");
  EXPECT_EQ(moment_of("2024-3-5 后补"), "date_time");
  EXPECT_EQ(moment_of("昨天"), "date");
  EXPECT_EQ(moment_of(number(59, DateStyle::kDate)), "date_year");
  EXPECT_EQ(moment_of(number(0.5, DateStyle::kTime)), "date_incomplete");
  EXPECT_EQ(moment_of("长期"), "date");
  EXPECT_EQ(moment_of("无"), "-");
}

TEST(Value, OfYesAndNo) {
  const auto said = [](const Cell& cell) {
    return outcome(read_yes_no(cell, words()), [](bool yes) { return std::string(yes ? "yes" : "no"); });
  };
  for (const char* yes : {"是", "有", "√", "Y", "Yes", "１", " 已有 "}) EXPECT_EQ(said(text(yes)), "yes") << yes;
  for (const char* no : {"否", "无", "×", "没有", "N", "0"}) EXPECT_EQ(said(text(no)), "no") << no;
  EXPECT_EQ(said({CellKind::kBoolean, "", 1, DateStyle::kNone}), "yes");
  EXPECT_EQ(said(number(0)), "no");
  EXPECT_EQ(said(text("/")), "-");
  EXPECT_EQ(said(text("也许")), "yes_no");
}

TEST(Value, OfTelephonesIsWhatIsDialled) {
  EXPECT_EQ(telephone_of("139-0000-0001"), "13900000001");
  EXPECT_EQ(telephone_of("+86 139 0000 0001"), "13900000001");
  EXPECT_EQ(telephone_of("８６１３９０００００００１"), "13900000001");
  EXPECT_EQ(telephone_of("(0536) 8888888"), "05368888888");
  EXPECT_EQ(telephone_of("0536—8888888转8001"), "05368888888-8001");
  EXPECT_EQ(telephone_of("0536-8888888-8001"), "05368888888-8001");
  EXPECT_EQ(telephone_of("05368888888-8001"), "05368888888-8001");
  EXPECT_EQ(telephone_of(number(13900000001)), "13900000001");
  EXPECT_EQ(telephone_of("13900000001、13900000002"), "telephone_several");
  EXPECT_EQ(telephone_of("1.39E+10"), "telephone_rounded");
  EXPECT_EQ(telephone_of(number(1.39e17)), "telephone_rounded");
  EXPECT_EQ(telephone_of("张三"), "telephone");
  EXPECT_EQ(telephone_of("123"), "telephone");
  EXPECT_EQ(telephone_of("无"), "-");
}

TEST(Value, OfCodesKeepsEveryDigitOrSaysThatTheyAreLost) {
  const auto said = [](const Cell& cell) {
    return outcome(read_code(cell), [](const std::string& code) { return code; });
  };
  EXPECT_EQ(said(text(" ３７０７０２ ")), "370702");
  EXPECT_EQ(said(number(370702)), "370702");
  EXPECT_EQ(said(text("00123")), "00123");
  EXPECT_EQ(said(number(3.7070219900101e17)), "code_rounded");
  EXPECT_EQ(said(text("3.70702E+17")), "code_rounded");
}

TEST(Value, OfPlacesIsReadInEveryUsualForm) {
  for (const auto& [lng, lat] : std::vector<std::pair<std::string, std::string>>{{"119.1033", "36.7067"},
                                                                                 {"E119.1033", "N36.7067"},
                                                                                 {"119.1033°E", "36.7067°N"},
                                                                                 {"东经119.1033度", "北纬36.7067度"},
                                                                                 {"119°06′12″", "36°42′24″"},
                                                                                 {"119°6'11.88\"", "36°42'24.12\""},
                                                                                 {"119度6分12秒", "36度42分24秒"},
                                                                                 {"119-06-12", "36-42-24"},
                                                                                 {"119 06 12", "36 42 24"},
                                                                                 {"１１９．１０３３", "３６．７０６７"},
                                                                                 {"119°6.198′", "36°42.402′"}})
    EXPECT_EQ(point_of(lng, lat), "119.1033,36.7067") << lng;
  EXPECT_EQ(point_of(number(119.1033), number(36.7067)), "119.1033,36.7067");
}

TEST(Value, OfPlacesThatWereSwappedIsPutRightAndSaysSo) {
  EXPECT_EQ(point_of("36.7067", "119.1033"), "swapped 119.1033,36.7067");
  EXPECT_EQ(point_of("N36.7067", "E119.1033"), "swapped 119.1033,36.7067");
  EXPECT_EQ(point_in("36.7067,119.1033"), "119.1033,36.7067");
}

TEST(Value, OfPlacesInOneCellIsParted) {
  for (const char* both :
       {"119.1033,36.7067", "（119.1033，36.7067）", "119.1033 36.7067", "119.1033、36.7067", "E119.1033 N36.7067",
        "E119.1033N36.7067", "北纬36.7067度，东经119.1033度", "119.1033/36.7067", "经度：119.1033；纬度：36.7067"})
    EXPECT_EQ(point_in(both), "119.1033,36.7067") << both;
  EXPECT_EQ(point_in("119°06′12″ 36°42′24″"), "119.1033,36.7067");
  EXPECT_EQ(point_in("119°06′12″E36°42′24″N"), "119.1033,36.7067");
  EXPECT_EQ(point_in("119.1033"), "place_pair");
  EXPECT_EQ(point_in("119 6 36 42"), "place_pair");
  EXPECT_EQ(point_in("无"), "-");
}

TEST(Value, OfPlacesHasItsFaultsNamed) {
  EXPECT_EQ(point_of("2.35", "48.85"), "place_outside");
  EXPECT_EQ(point_of("W119.1", "36.7"), "place_outside");
  EXPECT_EQ(point_of("0", "0"), "place_outside");
  EXPECT_EQ(point_of("119.1", ""), "place_half");
  EXPECT_EQ(point_of("", ""), "-");
  EXPECT_EQ(point_of("40512345.6", "4056789.1"), "place_projected");
  EXPECT_EQ(point_of("119°66′12″", "36°42′24″"), "place_minutes");
  EXPECT_EQ(point_of("119.06.12", "36.42.24"), "place");
  EXPECT_EQ(point_of("119.5°06′", "36.7"), "place");
  EXPECT_EQ(point_of("东经东经119", "36.7"), "119.0000,36.7000");
  EXPECT_EQ(point_of("E119.1", "E36.7"), "place");
  EXPECT_EQ(point_of("E", "N"), "place");
  EXPECT_EQ(point_of("潍坊", "36.7"), "place");
}

TEST(Value, OfTextsAndLists) {
  const auto said = [](const Reading<std::string>& reading) {
    return outcome(reading, [](const std::string& t) { return t; });
  };
  EXPECT_EQ(said(read_text(text("　潍坊　队\n"))), "潍坊　队");
  EXPECT_EQ(said(read_text(text("Ａ１（甲）"), {true})), "A1(甲)");
  EXPECT_EQ(said(read_text(text("甲乙丙"), {false, 2})), "text_long");
  EXPECT_EQ(said(read_text(text("\u200b"))), "-");
  EXPECT_EQ(said(read_text(number(13900000001))), "13900000001");
  EXPECT_EQ(said(read_text(number(45356, DateStyle::kDate))), "2024-03-05");
  EXPECT_EQ(said(read_text(number(45356.604166666664, DateStyle::kDateTime))), "2024-03-05 14:30:00");
  EXPECT_EQ(said(read_text(number(0.604166666666, DateStyle::kTime))), "14:30:00");
  EXPECT_EQ((**read_list(text("甲、乙，丙;丁/戊\n\n己 ")))[5], "己");
  EXPECT_EQ((**read_list(text("甲、、乙"))).size(), 2u);
  EXPECT_FALSE(read_list(text("、")).value());
}

TEST(Label, IsComparedWithoutWhatPeopleAddToIt) {
  EXPECT_EQ(comparable("*电 话\n（手机）："), "电话");
  EXPECT_EQ(comparable("Ｎａｍｅ [required]"), "name");
  EXPECT_EQ(in_brackets("面积（平方米）"), "平方米");
  EXPECT_EQ(in_brackets("面积"), "");
  EXPECT_EQ(comparable("（）"), "");
}

}  // namespace
}  // namespace anlan::sheet
