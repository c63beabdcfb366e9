#pragma once
// Organisations, people, accounts and API keys: small (thousands), always held whole.

#include <map>
#include <string>

#include "domain/account/account.h"
#include "domain/organisation/organisation.h"
#include "journal/streams.h"

namespace anlan::state {

struct Directory {
  organisation::Register organisations;
  std::map<std::string, account::Account> accounts;
  std::map<std::string, account::Key> keys;

  // Everything in the journal.
  static Directory read(journal::sql_connection&);
  void absorb(const journal::Fact&);
  static bool concerns(const journal::Fact&);

  // Who acts when this account does; without roles where it may not act.
  account::Actor actor(const std::string& account) const;
  // The name of the person behind an account, or the account itself.
  std::string name_of(const std::string& account) const;
};

}  // namespace anlan::state
