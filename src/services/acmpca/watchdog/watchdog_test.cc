#include "services/acmpca/watchdog/watchdog.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "issuance/crl.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "services/acmpca/watchdog/watched_crl.h"
#include "x509/crl_entry.h"
#include "x509/extension_types.h"

namespace everseal::acmpca {
namespace {

using namespace std::chrono_literals;
using testing::csr_for;
using testing::TestCa;

struct Heard final : EventSink {
  std::vector<Event> events;
  bool cannot_store = false;
  Outcome tell(const Event& event) override {
    if (cannot_store) return Fault::unavailable("the disk is full");
    events.push_back(event);
    return {};
  }
};

// A CA with a CRL and OCSP, one good certificate and one revoked; all of it published.
struct World : TestCa {
  AuthorityArn ca = active_root();
  std::string key = "crls/crl/" + std::string(ca.uuid()) + ".crl";
  Heard heard;
  Watchdog watchdog{*database, clock, log, heard, settings, fetch_from(publication_point)};

  explicit World(Settings chosen = {}) : TestCa(chosen) {
    configure(CrlType::Complete);
    leaf();
    revoke(leaf());
    publish();
  }
  void configure(CrlType type, std::int32_t expiration_in_days = 8) {
    const CrlConfiguration crl{.enabled = true,
                               .expiration_in_days = expiration_in_days,
                               .s3_bucket_name = "crls",
                               .crl_type = type};
    EXPECT_TRUE(run<UpdateCertificateAuthority>(
        {ca,
         RevocationConfiguration{.crl_configuration = crl,
                                 .ocsp_configuration = OcspConfiguration{.enabled = true}},
         std::nullopt}));
  }
  void publish() { run_jobs_until(clock.now()); }
  x509::Certificate leaf() { return issue(order(ca, csr_for("app.internal"))); }
  void revoke(const x509::Certificate& certificate) {
    EXPECT_TRUE(
        run<RevokeCertificate>({ca, certificate.serial().hex(), RevocationReason::Superseded}));
  }
  // The names of what is told at this look.
  std::vector<std::string> look() {
    heard.events.clear();
    EXPECT_TRUE(watchdog.look());
    std::vector<std::string> names;
    for (const auto& event : heard.events) names.emplace_back(event.name);
    return names;
  }
  // As a server does in which nothing but the watchdog works, and that looks once a day.
  void watch_until(TimePoint time) {
    settings.watchdog_interval = 24h;
    jobs::Runner runner(*database, clock, log);
    runner.every(std::string(Watchdog::job_kind), settings.watchdog_interval,
                 [this](const jobs::Execution&) { return watchdog.look(); });
    ASSERT_TRUE(runner.run_until(time, [this](TimePoint now) {
      clock.set(now);
      return Outcome();
    }));
  }
  bool heard_of(std::string_view name) const {
    return std::ranges::any_of(heard.events,
                               [&](const Event& event) { return event.name == name; });
  }
  using Names = std::vector<std::string>;
};

TEST(Watchdog, is_quiet_when_all_is_well) {
  World world;
  EXPECT_EQ(world.look(), World::Names{});
  const auto state = world.watchdog.state();
  EXPECT_EQ(state.looked_at, world.clock.now());
  EXPECT_EQ(state.first_crl_end, world.clock.now() + 192h);
  EXPECT_EQ(state.first_responder_end, world.clock.now() + 720h);
  EXPECT_EQ(state.largest_crl, world.bucket.find(world.key)->content.size());
  EXPECT_TRUE(std::ranges::all_of(state.alarms, [](const auto& kind) { return kind.second == 0; }));
  EXPECT_EQ(state.alarms.size(), all_alarms.size());
}

TEST(Watchdog, tells_once_of_a_list_that_grows_stale_and_when_that_is_over) {
  World world;
  world.clock.advance(143h);  // a quarter is left: the list begins an hour before it was made
  EXPECT_EQ(world.look(), World::Names{});
  world.clock.advance(1h);
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_stale"});
  EXPECT_EQ(world.heard.events.front().authority_arn, world.ca.text());
  EXPECT_EQ(world.heard.events.front().object, world.key);
  EXPECT_EQ(world.watchdog.state().alarms.at(Alarm::CrlStale), 1U);
  EXPECT_EQ(world.look(), World::Names{});
  EXPECT_EQ(world.watchdog.state().alarms.at(Alarm::CrlStale), 1U);
  world.publish();
  EXPECT_EQ(world.look(), World::Names{});
  EXPECT_EQ(world.watchdog.state().alarms.at(Alarm::CrlStale), 0U);
  EXPECT_TRUE(std::ranges::any_of(world.log_lines, [](const std::string& line) {
    return line.find("revocation.alarm_is_over") != std::string::npos;
  }));
}

TEST(Watchdog, notices_an_older_list_that_somebody_put_over_the_new_one) {
  World world;
  const auto old = world.bucket.find(world.key)->content;
  world.clock.advance(1min);
  world.revoke(world.leaf());
  world.publish();
  EXPECT_EQ(world.look(), World::Names{});
  world.bucket.put(world.key, old);
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_invalid"});
  EXPECT_NE(world.heard.events.front().detail.find("its number is"), std::string::npos);
}

TEST(Watchdog, notices_a_list_that_is_none_or_is_of_another_ca) {
  World world;
  auto octets = world.bucket.find(world.key)->content;
  octets.back() ^= 1;  // of the signature
  world.bucket.put(world.key, octets);
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_invalid"});
  world.bucket.put(world.key, to_bytes("nonsense"));
  EXPECT_EQ(world.look(), World::Names{});  // the same trouble
  EXPECT_EQ(world.watchdog.state().alarms.at(Alarm::CrlInvalid), 1U);
}

TEST(Watchdog, tells_at_the_next_look_what_could_not_be_told) {
  World world;
  world.bucket.remove(world.key);
  world.heard.cannot_store = true;
  EXPECT_EQ(world.look(), World::Names{});
  EXPECT_EQ(world.watchdog.state().alarms.at(Alarm::CrlUnreachable), 1U);
  world.heard.cannot_store = false;
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_unreachable"});
  EXPECT_EQ(world.look(), World::Names{});
}

TEST(Watchdog, notices_a_list_that_is_gone) {
  World world;
  world.bucket.remove(world.key);
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_unreachable"});
}

TEST(Watchdog, notices_a_revocation_that_does_not_arrive) {
  World world;
  world.revoke(world.leaf());
  world.clock.advance(2min - 1s);
  EXPECT_EQ(world.look(), World::Names{});
  world.clock.advance(1s);
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_incomplete"});
}

TEST(Watchdog, notices_a_responder_whose_certificate_is_not_renewed) {
  World world;
  const auto start = world.clock.now();
  world.clock.set(start + 22 * 24h);
  auto names = world.look();
  EXPECT_FALSE(std::ranges::count(names, "revocation.ocsp_responder_ends"));
  world.clock.set(start + 23 * 24h);
  names = world.look();
  EXPECT_TRUE(std::ranges::count(names, "revocation.ocsp_responder_ends"));
}

TEST(Watchdog, tells_of_a_list_of_one_day_before_it_ends_though_it_looks_once_a_day) {
  World world;
  world.configure(CrlType::Complete, 1);
  world.publish();
  const auto end = world.clock.now() + 24h;
  world.watch_until(end - 7h);
  EXPECT_FALSE(world.heard_of("revocation.crl_stale"));
  world.watch_until(end - 6h);
  EXPECT_TRUE(world.heard_of("revocation.crl_stale"));
  EXPECT_EQ(world.watchdog.state().first_crl_end, end);
}

TEST(Watchdog, tells_of_a_responder_a_week_before_it_ends) {
  World world;
  world.watch_until(world.clock.now());
  const auto end = world.watchdog.state().first_responder_end.value();
  world.watch_until(end - 8 * 24h);
  EXPECT_FALSE(world.heard_of("revocation.ocsp_responder_ends"));
  world.watch_until(end - 7 * 24h);
  EXPECT_TRUE(world.heard_of("revocation.ocsp_responder_ends"));
}

TEST(Watchdog, notices_that_ocsp_is_not_answered_or_by_a_stranger) {
  World world;
  world.watchdog.fetch_by([&](http::Request request) -> Result<std::string> {
    if (request.head.method == "POST") return Fault::unavailable("connection refused");
    return fetch_from(world.publication_point)(std::move(request));
  });
  EXPECT_EQ(world.look(), World::Names{"revocation.ocsp_unreachable"});
  world.watchdog.fetch_by([&](http::Request request) -> Result<std::string> {
    if (request.head.method == "POST") return std::string("nonsense");
    return fetch_from(world.publication_point)(std::move(request));
  });
  EXPECT_EQ(world.look(), World::Names{"revocation.ocsp_invalid"});
}

TEST(Watchdog, looks_at_no_ca_that_publishes_nothing) {
  World world;
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>(
      {world.ca,
       RevocationConfiguration{.crl_configuration = CrlConfiguration{.enabled = false},
                               .ocsp_configuration = OcspConfiguration{.enabled = false}},
       std::nullopt}));
  world.bucket.remove(world.key);
  world.clock.advance(1000h);
  EXPECT_EQ(world.look(), World::Names{});
}

TEST(Watchdog, does_not_mind_a_list_that_is_replaced_while_it_looks) {
  World world;
  bool is_first = true;
  world.watchdog.fetch_by([&](http::Request request) -> Result<std::string> {
    auto octets = fetch_from(world.publication_point)(request);
    if (request.head.method == "GET" && std::exchange(is_first, false)) {
      world.clock.advance(1s);
      world.revoke(world.leaf());
      world.publish();
    }
    return octets;
  });
  EXPECT_EQ(world.look(), World::Names{});
  EXPECT_FALSE(is_first);
}

TEST(Watchdog, looks_at_partitions_while_they_are_published) {
  World world;
  world.configure(CrlType::Partitioned);
  world.revoke(world.leaf());
  world.publish();
  EXPECT_EQ(world.look(), World::Names{});
  world.configure(CrlType::Complete);
  world.run_jobs_until(world.clock.now() + 168h);
  EXPECT_EQ(world.look(), World::Names{});
}

TEST(Watchdog, takes_a_list_and_its_delta_together) {
  Settings settings;
  settings.crl_deltas = true;
  World world(settings);
  world.clock.advance(1h);
  world.revoke(world.leaf());
  world.publish();
  world.clock.advance(1h);
  EXPECT_EQ(world.look(), World::Names{});
  const auto delta = world.key.substr(0, world.key.size() - 4) + "-delta.crl";
  const auto old = world.bucket.find(delta)->content;
  world.revoke(world.leaf());
  world.publish();
  EXPECT_EQ(world.look(), World::Names{});
  world.bucket.put(delta, old);
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_invalid"});
}

// Lists that the CA signs, of which the complete one has number 7.
struct Lists {
  World world;
  x509::Certificate leaf = world.leaf();
  x509::Certificate issuer = *x509::Certificate::parse(world.stored(world.ca).installed->der);
  Crl published{};

  Lists() {
    published.number = published.complete_number = 7;
    published.produced_at = world.clock.now();
    published.next_update = published.produced_at + 24h;
  }
  issuance::CrlOrder order(std::uint64_t number) const {
    return {.signature_algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa,
            .this_update = published.produced_at,
            .next_update = published.next_update,
            .number = number};
  }
  Bytes sign(const issuance::CrlOrder& order, ByteView entries = {}) {
    const auto ready = *world.authorities.find(world.ca.text(), ReadyAuthorities::From::Database);
    const auto replay = [&](const issuance::OctetSink& use) {
      return entries.empty() ? Outcome() : use(entries);
    };
    Bytes der;
    EXPECT_TRUE(issuance::sign_crl(
        ready->issuer, order, {.octets = entries.size(), .replay = replay}, [&](ByteView piece) {
          der.insert(der.end(), piece.begin(), piece.end());
          return Outcome();
        }));
    return der;
  }
  // Of the list of a partition, that says it lies there.
  std::vector<Finding> judge_partition(std::optional<std::string_view> says) {
    published.partition = "11111111-2222-3333-4444-555555555555";
    auto asked = order(7);
    asked.distribution_point = says;
    return judge_crl({.published = published,
                      .issuer = issuer,
                      .recent = {},
                      .revoked = leaf,
                      .delta = {}},
                     sign(asked), world.clock.now(), world.settings)
        .findings;
  }
  // Of a delta CRL that starts from that one, in which the leaf was revoked an hour ago.
  std::vector<Finding> judge_delta(std::uint64_t base) {
    published.number = 9;
    auto asked = order(9);
    asked.base_number = base;
    Bytes entry;
    x509::append_crl_entry(entry, leaf.serial().octets(), world.clock.now() - 1h,
                           x509::CrlReason::KeyCompromise);
    const auto delta = sign(asked, entry);
    return judge_crl({.published = published,
                      .issuer = issuer,
                      .recent = entry,
                      .revoked = leaf,
                      .delta = std::string(as_text(delta))},
                     sign(order(7)), world.clock.now(), world.settings)
        .findings;
  }
};

TEST(Watchdog, wants_the_place_that_a_partition_says_to_be_that_of_its_certificates) {
  Lists lists;
  const auto points = lists.leaf.extensions().get<x509::CrlDistributionPoints>();
  EXPECT_TRUE(lists.judge_partition(points->value().uris().at(0)).empty());
  const auto other = lists.judge_partition("http://crl.example/b.crl");
  ASSERT_EQ(other.size(), 1U);
  EXPECT_EQ(other.front().alarm, Alarm::CrlMisplaced);
  const auto none = lists.judge_partition(std::nullopt);
  ASSERT_EQ(none.size(), 1U);
  EXPECT_EQ(none.front().alarm, Alarm::CrlMisplaced);
}

// RFC 5280, 5.2.4: verifiers drop a delta CRL whose base is newer than the list they have.
TEST(Watchdog, wants_a_delta_to_continue_the_list_beside_it) {
  EXPECT_TRUE(Lists().judge_delta(7).empty());
  const auto gap = Lists().judge_delta(8);
  ASSERT_EQ(gap.size(), 1U);
  EXPECT_EQ(gap.front().alarm, Alarm::CrlIncomplete);
}

TEST(Watchdog, tells_of_a_list_that_is_too_large) {
  World world;
  world.settings.watched_crl_octets = 100;
  EXPECT_EQ(world.look(), World::Names{"revocation.crl_large"});
}

}  // namespace
}  // namespace everseal::acmpca
