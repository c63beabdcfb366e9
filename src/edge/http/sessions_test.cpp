#include "edge/http/sessions.h"

#include <gmock/gmock.h>

#include "edge/http/services_fixture.h"

namespace anlan::edge {
namespace {

using std::chrono::hours;

class SessionsTest : public testing::Test {
 protected:
  // The cookie of a new session.
  std::string enter(const std::string& account = "city") {
    const Token token = new_token(services.random(), "session-" + std::to_string(++entered_));
    command::Envelope in;
    in.actor.account = "system";
    in.target = account;
    in.command = command::SignIn{true, token.id, token.hash, "127.0.0.1"};
    services.submit(std::move(in), [](const command::Outcome& outcome) { ASSERT_TRUE(outcome.ok()); });
    return "anlan_session=" + token.text;
  }
  // Whose session it is; empty where it is none.
  std::string asks(const std::string& cookie, http::Headers headers = {}) {
    http::Request request;
    request.headers = std::move(headers);
    request.headers.set("Cookie", cookie);
    const auto viewer = sessions.by_cookie(request);
    return viewer ? viewer->actor.account : "";
  }
  std::size_t open(const std::string& account = "city") {
    return services.directory()->accounts.at(account).sessions.size();
  }
  std::string why_ended() {
    const auto& facts = services.inner.facts;
    if (facts.empty() || facts.back().type != "account.signed_out") return "";
    const std::string& body = facts.back().body;
    return body.find("\"idle\"") != std::string::npos      ? "idle"
           : body.find("\"expired\"") != std::string::npos ? "expired"
                                                           : body;
  }
  Instant& now() { return services.inner.clock.at; }

  NodeServices services;
  Sessions sessions{services};

 private:
  int entered_ = 0;
};

TEST_F(SessionsTest, KnowWhoAsksByTheSecretOfTheCookieAlone) {
  const std::string cookie = enter();
  EXPECT_EQ(asks(cookie), "city");
  EXPECT_EQ(asks("theme=dark; " + cookie + "; lang=en"), "city");
  EXPECT_EQ(asks(cookie.substr(0, cookie.size() - 1) + (cookie.back() == 'A' ? "B" : "A")), "");
  EXPECT_EQ(asks(cookie.substr(0, cookie.find('.'))), "");
  EXPECT_EQ(asks("anlan_session=nobody.secret"), "");
  EXPECT_EQ(asks("anlan_session="), "");
}

TEST_F(SessionsTest, EndWhenNobodyUsedThemForTooLong) {
  const std::string cookie = enter();
  EXPECT_EQ(asks(cookie), "city");
  now() += Minutes{30};
  EXPECT_EQ(asks(cookie), "city") << "30 minutes to the millisecond are not too long";
  now() += Minutes{30} + Milliseconds{1};
  EXPECT_EQ(asks(cookie), "");
  EXPECT_EQ(why_ended(), "idle");
  EXPECT_EQ(open(), 0u);
  EXPECT_EQ(asks(cookie), "");
}

TEST_F(SessionsTest, TakeTheIdleTimeOfTheSite) {
  services.description.idle = Minutes{5};
  const std::string cookie = enter();
  EXPECT_EQ(asks(cookie), "city");
  now() += Minutes{6};
  EXPECT_EQ(asks(cookie), "");
}

TEST_F(SessionsTest, AreNotUsedByWhatAConsoleAsksByItself) {
  const std::string cookie = enter();
  EXPECT_EQ(asks(cookie), "city");
  for (int i = 0; i < 3; ++i) {
    now() += Minutes{10};
    EXPECT_EQ(asks(cookie, {{"Anlan-Automatic", "1"}}), "city");
  }
  now() += Minutes{1};
  EXPECT_EQ(asks(cookie, {{"Anlan-Automatic", "1"}}), "");
  EXPECT_EQ(why_ended(), "idle");
}

TEST_F(SessionsTest, EndByTimeAloneWhereNobodyAsksAnyMore) {
  const std::string left = enter(), used = enter();
  EXPECT_EQ(asks(left), "city");
  now() += Minutes{20};
  EXPECT_EQ(asks(used), "city");
  EXPECT_THAT(sessions.idle(now()), testing::IsEmpty());
  now() += Minutes{11};
  const auto ends = sessions.idle(now());
  ASSERT_EQ(ends.size(), 1u);
  services.submit(ends.front(), [](const command::Outcome& outcome) { EXPECT_TRUE(outcome.ok()); });
  EXPECT_EQ(why_ended(), "idle");
  EXPECT_EQ(asks(left), "");
  EXPECT_EQ(asks(used), "city");
  EXPECT_THAT(sessions.idle(now()), testing::IsEmpty());
}

TEST_F(SessionsTest, CountFromTheStartWhereTheProcessHasSeenNoUse) {
  const std::string cookie = enter();
  now() += hours{2};
  EXPECT_THAT(sessions.idle(now()), testing::IsEmpty());
  now() += Minutes{31};
  EXPECT_EQ(sessions.idle(now()).size(), 1u);
}

TEST_F(SessionsTest, EndAfterTwelveHoursHoweverMuchTheyAreUsed) {
  const std::string cookie = enter();
  const Instant begin = now();
  for (now() += Minutes{20}; now() < begin + hours{12}; now() += Minutes{20}) ASSERT_EQ(asks(cookie), "city");
  EXPECT_EQ(asks(cookie), "");
  EXPECT_EQ(why_ended(), "expired");
}

TEST_F(SessionsTest, AKeyOpensNothingForARetiredOrganisation) {
  const Token token = new_token(services.random(), "K1");
  const auto by_node = [&](command::Command c, const std::string& target) {
    services.submit(services.inner.asked("system", std::move(c), target),
                    [](const command::Outcome& outcome) { ASSERT_TRUE(outcome.ok()); });
  };
  const auto opens = [&] {
    http::Request request;
    request.headers.set("Authorization", "Bearer " + token.text);
    return sessions.by_key(request).has_value();
  };
  by_node(command::IssueKey{"environment", "anqiu", token.hash}, token.id);
  EXPECT_TRUE(opens());
  by_node(organisation::RetireOrganisation{"merged"}, "anqiu");
  EXPECT_FALSE(opens());
}

TEST_F(SessionsTest, OfOneAccountEndEachForItself) {
  const std::string one = enter(), other = enter();
  EXPECT_EQ(asks(one), "city");
  now() += Minutes{25};
  EXPECT_EQ(asks(other), "city");
  now() += Minutes{25};
  EXPECT_EQ(asks(one), "");
  EXPECT_EQ(asks(other), "city");
  EXPECT_EQ(open(), 1u);
}

TEST_F(SessionsTest, ASessionThatIsUsedElsewhereIsNotIdle) {
  const std::string cookie = enter();
  EXPECT_EQ(asks(cookie), "city");
  now() += services.description.idle + Minutes{1};
  services.elsewhere = now() - Minutes{2};
  EXPECT_THAT(sessions.idle(now()), testing::IsEmpty());
  EXPECT_EQ(asks(cookie), "city");
  now() += services.description.idle + Minutes{1};
  EXPECT_THAT(sessions.idle(now()), testing::SizeIs(1)) << "what was said of it is older by now";
  EXPECT_EQ(asks(cookie), "");
}

TEST_F(SessionsTest, TellsOnceWhatWasUsedHere) {
  const std::string cookie = enter();
  EXPECT_THAT(sessions.take_used(), testing::IsEmpty());
  EXPECT_EQ(asks(cookie), "city");
  EXPECT_THAT(sessions.take_used(), testing::ElementsAre(std::pair(std::string("session-1"), now())));
  http::Headers automatic;
  automatic.set("Anlan-Automatic", "1");
  EXPECT_EQ(asks(cookie, automatic), "city");
  EXPECT_THAT(sessions.take_used(), testing::IsEmpty());
}

TEST_F(SessionsTest, OnlyACookieOfASessionThatNobodyOpenedHereIsUnknown) {
  const auto unknown = [&](const std::string& cookie) {
    http::Request request;
    request.headers.set("Cookie", cookie);
    return sessions.is_unknown(request);
  };
  EXPECT_FALSE(unknown(enter()));
  EXPECT_TRUE(unknown("anlan_session=elsewhere.secret"));
  EXPECT_FALSE(unknown("anlan_session=nonsense"));
  EXPECT_FALSE(unknown(""));
}

}  // namespace
}  // namespace anlan::edge
