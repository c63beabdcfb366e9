#pragma once
// Two documents for tests and measurements: a bulletin on a leak, and a long report with tables. Everything in them is
// invented and says so (虚构).

#include "document/official.h"

namespace anlan::document {

inline OfficialDocument sample_bulletin() {
  OfficialDocument d;
  d.copy_number = 12;
  d.security = "内部资料★1年";
  d.urgency = "特急";
  d.letterhead = "寿光市值班快报";
  d.number = "第12期";
  d.signer = "赵䶮（虚构）";
  d.issuing_body = "寿光市应急管理局";
  d.date = from_china_time(2026, 11, 23, 14, 20);
  d.title = "关于羊口镇某企业氯气泄漏事故的报告";
  d.addressees = "潍坊市应急管理局，寿光市委办公室、市政府办公室";
  d.body = {
      Heading{1, "一、基本情况"},
      Paragraph{
          "2026年11月23日13时42分，羊口镇化工产业园寿光市海盐化工有限公司（虚构）液氯充装车间一条充装管线法兰处发生泄漏"
          "。13时50分，企业报告羊口镇应急办；14时2分，我局接到羊口镇电话报告。经初步核实，泄漏氯气约"
          "120千克。"},
      FactTable{{{"发生时间", "11月23日13时42分"},
                 {"接报时间", "11月23日14时2分"},
                 {"事故类型", "危险化学品泄漏"},
                 {"初判等级", "一般（Ⅳ级）"},
                 {"伤亡失联", "轻伤3人"},
                 {"紧急疏散", "236人"},
                 {"事发地点", "羊口镇化工产业园海盐路18号（虚构）"}}},
      Heading{1, "二、处置情况"},
      Heading{2, "（一）现场处置。"},
      Paragraph{"企业于13时45分切断充装管线，启动事故氯吸收装置。市消防救援大队3车15人14时16分到场，正在堵漏。"},
      Heading{2, "（二）人员疏散。"},
      Paragraph{"㙓子村（虚构）等下风向236人已撤离；14时15分氯气浓度0.3mg/m³，低于“短时间接触容许浓度”。"},
      Heading{1, "三、下一步工作"},
      NumberedList{{"继续堵漏和洗消，救治伤员。", "后续情况及时续报。"}},
  };
  d.signature = Signature{"寿光市应急管理局", false};
  d.contact = "孙𬒔（虚构）";
  d.phone = "0536-0000000";
  d.copy_to = "寿光市委常委、副市长，市消防救援大队、市公安局、市卫生健康局、市生态环境分局，羊口镇人民政府";
  d.printed_by = "寿光市应急管理局办公室";
  d.printed = d.date;
  d.marks = {"【演练】本件为演练文书，内容均为虚构", "演示数据"};
  return d;
}

inline OfficialDocument sample_report() {
  OfficialDocument d = sample_bulletin();
  d.letterhead = "潍坊市应急管理局文件";
  d.number = "潍应急〔2026〕8号";
  d.signer.clear();
  d.issuing_body.clear();
  d.title = "关于“9·18”强降雨灾害（虚构）受灾情况核定和救助工作的报告";
  d.body.clear();
  for (int part = 1; part <= 2; ++part) {
    d.body.push_back(Heading{1, std::string(part == 1 ? "一" : "二") + "、第" + std::to_string(part) + "阶段（虚构）"});
    for (int i = 1; i <= 2; ++i)
      d.body.push_back(Paragraph{
          "受低涡和副热带高压边缘暖湿气流共同影响，我市出现强降雨天气过程，平均降水量128.6毫米，最大点雨量出现在"
          "临朐县（287.5毫米）。全市各级各部门认真落实“防住为王”要求，提前转移危险区群众，严格执行24小时值班和领"
          "导带班制度，没有发生人员伤亡。据统计，弥河、白浪河、潍河等12条河道超警戒水位；㙓子、𠮷山等村庄（均为虚构）一"
          "度积水。"});
  }
  Table table{"各镇受灾情况统计表（虚构）",
              {{"序号", 1},
               {"镇（街道）", 4, Align::kLeft},
               {"受灾人口（人）", 2, Align::kRight},
               {"转移安置（人）", 2, Align::kRight},
               {"倒塌房屋（间）", 2, Align::kRight},
               {"备注", 3, Align::kLeft}},
              {}};
  for (int i = 1; i <= 24; ++i)
    table.rows.push_back({std::to_string(i), "第" + std::to_string(i) + "镇（虚构）", std::to_string(1000 + 37 * i),
                          std::to_string(12 * i), std::to_string(i % 5),
                          i % 7 == 0 ? "道路中断2处，已于9月19日8时抢通" : ""});
  d.attachments = {{"受灾情况统计表", {table}}, {"救助物资调拨单", {}}};
  d.signature = Signature{"潍坊市应急管理局", true};
  d.marks = {};
  return d;
}

}  // namespace anlan::document
