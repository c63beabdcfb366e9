#pragma once
// A store of its own for a test: a new directory, or, where ANLAN_TEST_POSTGRES names a server
// (postgresql://…/postgres), a new database of that server. So every test of what stands on a store runs on both
// engines.

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "platform/sql/postgres_session.h"
#include "platform/sql/sql.h"

namespace anlan::sql {

class TestStore {
 public:
  TestStore() {
    std::string pattern = (std::filesystem::temp_directory_path() / "anlan-test-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    if (!on_postgres()) return;
    static std::atomic<int> number = 0;
    name_ = "anlan_test_" + std::to_string(getpid()) + "_" + std::to_string(++number);
    postgres::Session(server(), true).execute("CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8'");
  }
  ~TestStore() {
    if (!name_.empty()) postgres::Session(server(), true).execute("DROP DATABASE " + name_ + " WITH (FORCE)");
    std::filesystem::remove_all(directory_);
  }
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;

  static bool on_postgres() { return std::getenv("ANLAN_TEST_POSTGRES") != nullptr; }
  // For sql::open().
  std::string where() const {
    if (!on_postgres()) return directory_;
    const std::string url = server();
    const auto name = url.rfind('/', url.find('?'));
    const auto end = std::min(url.find('?'), url.size());
    return url.substr(0, name + 1) + name_ + url.substr(end);
  }
  // For what is kept in files beside the store.
  const std::string& directory() const { return directory_; }

 private:
  static std::string server() { return std::getenv("ANLAN_TEST_POSTGRES"); }

  std::string directory_, name_;
};

}  // namespace anlan::sql
