#pragma once
// A value or the reason why there is none. Failures are of three kinds (docs/architecture.md): a Refusal is the rules
// saying no, a Failure is the environment, a bug is an assertion and never a value.

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace anlan {

// Always on, in every build: halting beats lying.
#define ANLAN_ASSERT(condition) ((condition) ? void(0) : ::anlan::assertion_failed(#condition, __FILE__, __LINE__))

[[noreturn]] inline void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "assertion failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

// Disk, network, peer: what was tried and what came back, for the operator's log.
struct Failure {
  std::string what;
};

template <class T, class E = Failure>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : held_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  // Asserts ok().
  T& value() & { return ANLAN_ASSERT(ok()), std::get<0>(held_); }
  const T& value() const& { return ANLAN_ASSERT(ok()), std::get<0>(held_); }
  // By value, so that `for (auto& x : f().value())` holds what it walks through.
  T value() && { return ANLAN_ASSERT(ok()), std::get<0>(std::move(held_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  // Asserts !ok().
  const E& error() const { return ANLAN_ASSERT(!ok()), std::get<1>(held_); }

 private:
  std::variant<T, E> held_;
};

// The value of what succeeds and has nothing to tell.
struct Done {};

}  // namespace anlan
