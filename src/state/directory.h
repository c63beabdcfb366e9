#pragma once
// Organisations, people, nodes, accounts and API keys: small (thousands), always held whole.

#include <map>
#include <string>

#include "domain/account/account.h"
#include "domain/node/node.h"
#include "domain/organisation/organisation.h"
#include "journal/streams.h"

namespace anlan::state {

// Who is who, as the whole journal tells: what every decision and page looks up. A value: readers keep the copy that
// was current when they began.
struct Directory {
  // Organisations and people, retired ones included.
  organisation::Register organisations;
  // By account name.
  std::map<std::string, account::Account> accounts;
  // By id, revoked ones included.
  std::map<std::string, account::Key> keys;
  node::Nodes nodes;

  // Everything in the journal.
  // Reads the streams of register, nodes, accounts and keys; throws sql::Error. Some milliseconds for thousands.
  static Directory read(journal::sql_connection&);
  // The names, posts and telephones that were in the register at that moment: what a paper signed then says. Accounts
  // and keys are those of now, since whose they are never changes. Reads only what was changed since.
  Directory as_of(journal::sql_connection&, Instant) const;
  // A fact that does not concern it changes nothing.
  void absorb(const journal::Fact&);
  // Whether the fact changes any of them, so that readers need a new copy.
  static bool concerns(const journal::Fact&);

  // The node on which the organisation works was revoked: nothing more comes from it.
  bool is_orphaned(const std::string& organisation) const;
  // The nearest one above it on a node that was not; empty where there is none.
  std::string heir_of(const std::string& organisation) const;

  // Who acts when this account does; without roles where it may not act.
  // Empty organisation and no roles for an account that is unknown, disabled, or whose person is gone.
  account::Actor actor(const std::string& account) const;
  // Whether a person may sign: an account of theirs is a leader's.
  bool leads(const std::string& person) const;
  // One that is not disabled.
  bool has_account(const std::string& person) const;
  // The name of the person behind an account, or the account itself.
  std::string name_of(const std::string& account) const;
};

}  // namespace anlan::state
