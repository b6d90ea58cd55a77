#include "services/s3/outside_deliveries.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "crypto/digest.h"
#include "crypto/running_digest.h"
#include "jobs/jobs.h"
#include "services/s3/acl.h"
#include "services/s3/object_store.h"
#include "sql/without_count.h"

namespace everseal::s3 {
namespace {

constexpr std::int64_t page_size = 1000;
constexpr std::uint64_t most_octets = std::uint64_t{5} << 30U;  // of one PutObject

// What is in memory, as a body.
class Text final : public http::BodySource {
 public:
  explicit Text(std::string_view text) : rest_(text) {}
  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    const auto count = std::min(space.size(), rest_.size());
    std::copy_n(rest_.begin(), count, space.begin());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

Result<Bytes> sha256_of(http::BodySource& octets) {
  crypto::RunningDigest digest(crypto::RunningDigest::Algorithm::Sha256);
  Bytes piece(64 * 1024);
  for (;;) {
    const auto count = octets.read(piece);
    if (!count) return count.error();
    if (*count == 0) return digest.finish();
    digest.update(ByteView(piece).first(*count));
  }
}

// No later try can help: until it is replaced, there is nothing to do.
Fault too_large(std::uint64_t size) {
  return Fault::malformed("an object of " + std::to_string(size) +
                          " octets is more than one PutObject takes, 5 GiB");
}

Outcome add_job(sql::Transaction& tx, std::string_view bucket, std::string_view key,
                TimePoint due) {
  return jobs::add(tx, {.kind = std::string(OutsideDeliveries::job_kind),
                        .key = std::string(bucket) + "/" + std::string(key),
                        .due = due,
                        .payload = {}});
}

}  // namespace

Outcome promise_delivery(sql::Transaction& tx, std::string_view bucket, std::string_view key,
                         TimePoint now) {
  const auto row = tx.one("SELECT bucket FROM s3_outside WHERE bucket = $1", bucket);
  if (!row) return row.error();
  if (!*row) return {};
  return add_job(tx, bucket, key, now);
}

HeaderMap outgoing_headers(const OpenObject& object, const BucketAccess& rules) {
  auto headers = object.headers;
  const bool counts = object.acl != Acl::PublicRead || opens_to_everybody(object.acl, rules);
  if (object.acl != Acl::Private && counts) headers["x-amz-acl"] = text_of(object.acl);
  return headers;
}

OutsideDeliveries::OutsideDeliveries(std::vector<OutsideBucket> buckets, sql::Database& database,
                                     ObjectFiles& files, const Clock& clock, const Clock& wall,
                                     Log& log)
    : buckets_(std::move(buckets)),
      database_(database),
      reader_(database, files),
      clock_(clock),
      wall_(wall),
      log_(log) {}

const OutsideBucket* OutsideDeliveries::find(std::string_view bucket) const {
  const auto found = std::ranges::find(buckets_, bucket, &OutsideBucket::name);
  return found == buckets_.end() ? nullptr : &*found;
}

Outcome OutsideDeliveries::begin() {
  const auto before = database_.read([](sql::Snapshot& view) {
    return view.all("SELECT bucket FROM s3_outside ORDER BY bucket");
  });
  if (!before) return before.error();
  std::vector<std::string> known;
  for (const auto& row : *before) known.push_back(row.text(0));
  for (const auto& name : known) {
    if (find(name) != nullptr) continue;
    const auto removed = database_.write([&](sql::Transaction& tx) {
      return sql::without_count(tx.run("DELETE FROM s3_outside WHERE bucket = $1", name));
    });
    if (!removed) return removed;
  }
  for (const auto& bucket : buckets_) {
    if (std::ranges::find(known, bucket.name) != known.end()) continue;
    if (const auto promised = promise_all(bucket); !promised) return promised;
  }
  return {};
}

// The name is told last: what a crash leaves half done is begun anew.
Outcome OutsideDeliveries::promise_all(const OutsideBucket& bucket) {
  const auto now = clock_.now();
  std::string after;
  bool more = true;
  while (more) {
    const auto last = database_.write([&](sql::Transaction& tx) -> Result<std::string> {
      const auto objects = list_objects(tx, bucket.name, From::After, after, page_size);
      if (!objects) return objects.error();
      for (const auto& object : *objects) {
        if (const auto added = add_job(tx, bucket.name, object.key, now); !added) {
          return added.error();
        }
      }
      return objects->empty() ? std::string() : objects->back().key;
    });
    if (!last) return last.error();
    more = !last->empty();
    after = *last;
  }
  return database_.write([&](sql::Transaction& tx) {
    return sql::without_count(tx.run("INSERT INTO s3_outside (bucket) VALUES ($1)", bucket.name));
  });
}

Outcome OutsideDeliveries::check(std::string_view bucket, const TestObject& object) const {
  const auto* outside = find(bucket);
  if (outside == nullptr) return {};
  const OutsideClient client(*outside, wall_);
  const auto digest = crypto::sha256(as_bytes(object.text));
  Text content(object.text);
  const auto put = client.put(object.key,
                              {.headers = {{"content-type", "text/plain"}},
                               .size = object.text.size(),
                               .sha256 = Bytes(digest.begin(), digest.end())},
                              content);
  if (!put) return Fault::conflict(put.error().cause);
  const auto got = client.get(object.key);
  if (!got && got.error().kind == Fault::Kind::Conflict) return {};  // it may write, and not read
  if (!got) return Fault::conflict(got.error().cause);
  if (*got && **got == object.text) return {};
  return Fault::conflict("The outside bucket " + outside->bucket + " at " + outside->endpoint +
                         " does not give back what was put there.");
}

// What is to be done there.
struct OutsideDeliveries::Outgoing {
  OutgoingObject object{};
  std::unique_ptr<http::BodySource> octets{};  // null: it is to be deleted
};

// Read twice: once for the hash that is signed, once for the octets.
Result<OutsideDeliveries::Outgoing> OutsideDeliveries::prepare(const OutsideBucket& bucket,
                                                               std::string_view key) const {
  const auto first = reader_.open(bucket.name, key);
  if (!first) return first.error();
  if (!*first) return Outgoing{};
  if ((*first)->size > most_octets) return too_large((*first)->size);
  auto digest = sha256_of(*(*first)->octets);
  if (!digest) return digest.error();
  auto second = reader_.open(bucket.name, key);
  if (!second) return second.error();
  if (!*second || (*second)->etag != (*first)->etag || (*second)->size != (*first)->size) {
    return Fault::unavailable("it was replaced while it was read");
  }
  const auto rules =
      database_.read([&](sql::Snapshot& view) { return find_access(view, bucket.name); });
  if (!rules) return rules.error();
  if (!*rules) return Fault::unavailable("its bucket was deleted while it was read");
  return Outgoing{.object = {.headers = outgoing_headers(**second, **rules),
                             .size = (*second)->size,
                             .sha256 = *std::move(digest)},
                  .octets = std::move((*second)->octets)};
}

Outcome OutsideDeliveries::send(const OutsideBucket& bucket, std::string_view key,
                                Outgoing& outgoing) const {
  const OutsideClient client(bucket, wall_);
  if (!outgoing.octets) return client.remove(key);
  return client.put(key, outgoing.object, *outgoing.octets);
}

Result<jobs::Verdict> OutsideDeliveries::deliver(const jobs::Execution& execution) {
  const auto slash = std::min(execution.key.find('/'), execution.key.size());
  const auto* bucket = find(std::string_view(execution.key).substr(0, slash));
  if (bucket == nullptr) return jobs::Verdict::done();
  const auto key =
      std::string_view(execution.key).substr(std::min(slash + 1, execution.key.size()));
  const auto next_try = outages_.must_wait_until(bucket->name, clock_.now());
  if (next_try) return jobs::Verdict::postponed(*next_try);
  auto outgoing = prepare(*bucket, key);
  if (!outgoing) return refused(*bucket, key, outgoing.error());
  return sent(*bucket, key, send(*bucket, key, *outgoing));
}

// The runner logs a fault, and tries again.
Result<jobs::Verdict> OutsideDeliveries::refused(const OutsideBucket& bucket, std::string_view key,
                                                 const Fault& fault) const {
  if (fault.kind != Fault::Kind::Malformed) return fault;
  log_.warning("s3.outside.not_delivered", {{"bucket", bucket.name},
                                            {"key", key},
                                            {"endpoint", bucket.endpoint},
                                            {"cause", fault.cause}});
  return jobs::Verdict::done();
}

Result<jobs::Verdict> OutsideDeliveries::sent(const OutsideBucket& bucket, std::string_view key,
                                              const Outcome& outcome) {
  if (!outcome && outcome.error().kind == Fault::Kind::Unavailable) {
    const auto [began, next_try] = outages_.failed(bucket.name, clock_.now());
    if (began) {
      log_.warning("s3.outside.unavailable", {{"bucket", bucket.name},
                                              {"endpoint", bucket.endpoint},
                                              {"key", key},
                                              {"cause", outcome.error().cause}});
    }
    // Others are tried first: it may be this one that the service cannot take.
    return jobs::Verdict::postponed(next_try + Outages::longest_try);
  }
  if (outages_.reached(bucket.name)) {
    log_.warning("s3.outside.available_again",
                 {{"bucket", bucket.name}, {"endpoint", bucket.endpoint}});
  }
  if (!outcome) return refused(bucket, key, outcome.error());
  log_.info("s3.outside.delivered",
            {{"bucket", bucket.name}, {"key", key}, {"endpoint", bucket.endpoint}});
  return jobs::Verdict::done();
}

}  // namespace everseal::s3
