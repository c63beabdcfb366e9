#pragma once
// Alerts, sources and a whole node in process, for tests of the ways in. For tests only.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>

#include "command/texts_fixture.h"
#include "edge/intake/taking.h"
#include "platform/xml/signature_fixture.h"
#include "view/views.h"

namespace anlan::edge::intake {

inline std::string text_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return (std::ostringstream() << in.rdbuf()).str();
}

// A valid CAP 1.2 alert around Weifang; `more` stands before its info.
struct AlertText {
  std::string identifier = "w-1", sender = "weather@example.cn", status = "Actual", kind = "Alert", references = {};
  std::string event = "暴雨", severity = "Severe", headline = "暴雨橙色预警", expires = "2026-11-23T20:00:00+08:00";
  std::string geocode = "<geocode><valueName>GB/T 2260</valueName><value>370783000000</value></geocode>";

  std::string written() const {
    return R"(<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" +
           identifier + "</identifier><sender>" + sender + "</sender><sent>2026-11-23T14:00:00+08:00</sent><status>" +
           status + "</status><msgType>" + kind + "</msgType><scope>Public</scope>" +
           (references.empty() ? "" : "<references>" + references + "</references>") +
           "<info><language>zh-CN</language><category>Met</category><event>" + event +
           "</event><urgency>Expected</urgency><severity>" + severity +
           "</severity><certainty>Likely</certainty><expires>" + expires + "</expires><headline>" + headline +
           "</headline><description>说明</description><area><areaDesc>寿光市</areaDesc>"
           "<circle>36.85,118.75 12.5</circle>" +
           geocode + "</area></info></alert>";
  }
};

inline std::string reference_to(const std::string& identifier) {
  return "weather@example.cn," + identifier + ",2026-11-23T14:00:00+08:00";
}

inline std::string signed_by(const xml::Made& signer, const std::string& text) {
  return xml::Signer::read(signer.key_pem, signer.certificate_pem).value().sign(text).value();
}

class IntakeTest : public testing::Test {
 protected:
  IntakeTest() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    node.reference().alert_events = alert::Events::parse(command::shipped("codes/alert-event.tsv")).value();
  }
  ~IntakeTest() override { std::filesystem::remove_all(folder); }

  Source source(const std::string& name = "weather") const { return {.name = name, .organisation = "city"}; }
  Source strict(const std::string& name = "weather") const {
    Source s = source(name);
    s.signing = Signing::kRequired;
    s.roots = xml::Roots::read(xml::authority().certificate_pem).value();
    return s;
  }

  // "taken", "known", "later", or the code of what refuses it.
  std::string take(const std::string& bytes, const Source& from) {
    last = intake::take(ground, from, bytes);
    if (last.fate == Fate::kRefused) return last.refusals.at(0).code;
    return last.fate == Fate::kTaken ? "taken" : last.fate == Fate::kKnown ? "known" : "later";
  }
  std::string take(const AlertText& text) { return take(text.written(), source()); }
  alert::Alert alert(const std::string& id) { return node.state<alert::Alert>(id); }
  alert::Alert named(const std::string& identifier) {
    return alert(alert_id(source(), "weather@example.cn", identifier));
  }
  // How many alerts are there, whatever has become of them.
  std::int64_t count() {
    auto& row = node.sql().prepare("SELECT COUNT(*) FROM alert");
    row.step();
    const auto found = row.integer(0);
    row.reset();
    return found;
  }

  std::vector<std::unique_ptr<journal::Projection>> views = view::all_views();
  command::TestNode node{view::pointers(views)};
  const Texts texts = command::shipped_texts({"refusal", "cap"});
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("anlan-intake-" + std::to_string(getpid()));
  std::vector<std::string> lines;
  bool busy = false;
  Ground ground{node.clock, texts, std::make_shared<Keeping>((folder / "kept").string()),
                [this](command::Envelope e) -> command::Outcome {
                  if (busy) return refuse(RefusalKind::kBusy, "node.busy");
                  return node.submit(std::move(e));
                },
                [this](std::string_view line) { lines.emplace_back(line); }};
  Said last;
};

}  // namespace anlan::edge::intake
