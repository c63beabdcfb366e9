#pragma once
// Whether the keys at hand are those that a store was begun with: under others its sealed entries would stay shut, and
// new ones would be lost as soon as the right keys come back.

#include "journal/fact.h"
#include "platform/crypto/node_keys.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// Compares with the check value in the vault and keeps one where there is none: the SM3 of the keys, out of which they
// cannot be found. A store without facts takes any keys. One that has facts and no check value yet takes those that
// open a sealed entry, or any where nothing is sealed. Outside of a transaction; the connection writes. Throws
// sql::Error.
bool keys_belong(sql::Connection&, const crypto::NodeKeys&);

}  // namespace anlan::journal
