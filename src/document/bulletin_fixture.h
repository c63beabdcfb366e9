#pragma once
// A follow-up report as the journal would fill it, for the tests of the bulletin. Everything in it is invented (虚构).

#include "document/bulletin.h"

namespace anlan::document {

inline Instant noon_and(int minutes) { return from_china_time(2026, 11, 23, 12) + Minutes{minutes}; }

inline BulletinInput follow_up_input() {
  BulletinInput in;
  in.kind = report::Kind::kFollowUp;
  in.ordinal = 2;
  in.number = "2026-0001";
  in.from = "潍坊市应急管理局（演示）";
  in.to = "山东省应急管理厅（演示）";
  in.copy_to = "潍坊市委市政府总值班室（演示）";
  in.content.situation = "槽车充装软管破裂，估计泄漏氯气约80公斤。\n泄漏已完全封堵。";
  in.content.casualties = "失联人员已找到，确认死亡。";
  in.content.trend = "现场无次生风险。";
  in.content.handling = "残余液氯倒罐中和，现场洗消。";
  in.content.figures.dead = 1;
  in.incident = {"羊口镇鲁渤精细化工（虚构）液氯泄漏事故",
                 "危险化学品泄漏",
                 "潍坊市寿光市羊口镇渤海化工园（虚构）",
                 "电话",
                 grade::Grade::kLarger,
                 true,
                 noon_and(0),
                 noon_and(4)};
  in.figures = {{"死亡", "1人", "寿光市逐院核对", noon_and(78), true},
                {"受伤", "12人", "寿光市逐院核对", noon_and(78), true},
                {"受伤", "9人", "现场指挥部", noon_and(47), false}};
  in.clocks = {{"电话报告", noon_and(20), noon_and(11), 0, clock::State::kMet, {}},
               {"书面报告", noon_and(40), noon_and(43), 170, clock::State::kMet, "传真线路故障"},
               {"续报", noon_and(220), {}, 0, clock::State::kRunning, {}}};
  in.receipts = {{1, report::Decision::kReturned, "省厅值班员", noon_and(45), "泄漏量不清"}};
  in.instructions = {{"赵䶮（虚构）",
                      "局长",
                      "全力搜救失联人员。",
                      noon_and(9),
                      {{"寿光市应急局", "已逐户核对。", noon_and(62)}},
                      {}}};
  in.timeline = {{noon_and(4), "寿光市应急局接报并登记。"}, {noon_and(11), "市应急局电话报告省应急厅。"}};
  in.signer = "赵䶮（虚构）";
  in.drafter = "钱值班（虚构）";
  in.duty_phone = "0536-0000002";
  in.dated_at = noon_and(98);
  return in;
}

}  // namespace anlan::document
