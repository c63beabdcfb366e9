#pragma once
// For tests that ask which statements something makes.

#include <set>
#include <string>

#include "platform/sql/sql.h"

namespace anlan::sql {

// Hands everything on, and keeps the text of what is prepared.
class Listening final : public Connection {
 public:
  explicit Listening(Connection& inner) : inner_(inner) {}

  Statement& prepare(std::string_view text) override { return inner_.prepare(*heard.emplace(text).first); }
  std::unique_ptr<Statement> once(std::string_view text) override { return inner_.once(*heard.emplace(text).first); }
  void execute(std::string_view text) override { inner_.execute(text); }
  std::int64_t changes() override { return inner_.changes(); }
  void begin() override { inner_.begin(); }
  void commit() override { inner_.commit(); }
  void rollback() override { inner_.rollback(); }
  bool checkpoint() override { return inner_.checkpoint(); }
  bool scrub() override { return inner_.scrub(); }
  std::unique_ptr<Bulk> bulk(std::string_view table, std::span<const std::string_view> columns) override {
    return inner_.bulk(table, columns);
  }
  void create_marks(std::string_view index) override { inner_.create_marks(index); }
  void mark(std::string_view index, std::int64_t row, std::span<const std::string> before,
            std::span<const std::string> now) override {
    inner_.mark(index, row, before, now);
  }
  std::string marked(std::string_view index) const override { return inner_.marked(index); }
  std::string all_of(std::span<const std::string> marks) const override { return inner_.all_of(marks); }
  std::vector<std::string> read_whole(std::string_view select) override { return inner_.read_whole(select); }
  std::vector<std::string> view_databases() override { return inner_.view_databases(); }
  void forget_view_databases() override { inner_.forget_view_databases(); }
  std::vector<std::string> integrity() override { return inner_.integrity(); }
  std::string broken_tail(std::string_view database) override { return inner_.broken_tail(database); }

  std::set<std::string> heard;

 private:
  Connection& inner_;
};

}  // namespace anlan::sql
