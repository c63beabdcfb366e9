#pragma once
// Pages asked as the accounts of a whole node in process see them, with the texts that are shipped.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "codec/json_read.h"
#include "command/texts_fixture.h"
#include "edge/http/pages.h"
#include "view/views.h"

namespace anlan::edge {

inline const std::string kReal(command::kReal);

inline http::Query query(std::initializer_list<std::pair<std::string, std::string>> pairs) {
  http::Query result;
  for (const auto& [name, value] : pairs) result.add(name, value);
  return result;
}

inline std::vector<std::string> texts_of(const json::Value& list, std::string_view member = {}) {
  std::vector<std::string> result;
  for (const auto& item : list.as_array()) {
    const auto& text = member.empty() ? item : item.at(member);
    result.emplace_back(text.as_string());
  }
  return result;
}

inline std::vector<std::string> ids(const json::Value& list) { return texts_of(list, "id"); }

class PagesTest : public testing::Test {
 protected:
  Body ask(const std::string& account, PageFunction function, std::vector<std::string> arguments = {},
           const http::Query& asked = {}, const std::string& world = kReal) {
    const account::Actor viewer = node.directory().actor(account);
    Page page{node.sql(), node.vault(), node.reference(), node.directory(), texts, viewer, world, node.clock.at,
              1,          asked,        arguments,        "session"};
    return function(page);
  }
  json::Value get(const std::string& account, PageFunction function, std::vector<std::string> arguments = {},
                  const http::Query& asked = {}) {
    const auto body = ask(account, function, std::move(arguments), asked);
    EXPECT_TRUE(body.ok()) << (body.ok() ? "" : body.error().code);
    return body.ok() ? json::parse(*body).value() : json::Value();
  }
  std::string code(const Body& body) { return body.ok() ? "answered" : body.error().code; }

  // Commands, each a minute after the last.
  std::string done(const std::string& account, command::Command c, const std::string& target = {}) {
    node.clock.at += Minutes{1};
    const auto outcome = node.ask(account, std::move(c), target);
    EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : outcome.error().code);
    const auto body = outcome.ok() ? json::parse(outcome->body).value() : json::Value();
    return outcome.ok() && body.as_object().contains("id") ? std::string(body.at("id").as_string()) : std::string();
  }
  std::string take_down(const std::string& account = "shouguang") {
    incident::TakeDown c;
    c.type = "12D02";
    c.division = "370783115";
    c.summary = "充装软管破裂，氯气外泄";
    c.address = "羊口镇渤海化工园纬二路6号";
    c.point = LngLat{118.9, 37.22};
    c.occurred_at = from_china_time(2026, 11, 23, 13, 55);
    c.caller_name = "王小明";
    c.caller_phone = "13812345678";
    c.injured = 3;
    c.measures = "企业关闭紧急切断阀";
    return done(account, c);
  }
  std::string draft(const std::string& incident, const std::string& account = "shouguang",
                    const std::string& to = "city", report::Kind kind = report::Kind::kFirst) {
    report::Draft c;
    c.kind = kind;
    c.to = to;
    c.content.situation = "氯气泄漏";
    return done(account, c, incident);
  }
  std::string send(const std::string& incident) {
    const std::string report = draft(incident);
    done("shouguang-leader", report::Sign{}, report);
    done("shouguang", report::Send{}, report);
    return report;
  }
  std::vector<std::string> actions(const std::string& account, PageFunction function, const std::string& id) {
    return texts_of(get(account, function, {id}).at("actions"));
  }

  std::vector<std::unique_ptr<journal::Projection>> views = view::all_views();
  command::TestNode node{view::pointers(views)};
  Texts texts = command::shipped_texts({"prefill", "story"});
};

}  // namespace anlan::edge
