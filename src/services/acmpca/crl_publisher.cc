#include "services/acmpca/crl_publisher.h"

#include <algorithm>
#include <charconv>

#include "asn1/pem.h"
#include "asn1/pem_encoder.h"
#include "issuance/crl.h"
#include "issuance/log/append.h"
#include "jobs/jobs.h"
#include "services/acmpca/algorithms.h"
#include "services/acmpca/authority_store.h"
#include "services/acmpca/crl_membership.h"
#include "services/acmpca/signed_certificates.h"

namespace everseal::acmpca {
namespace {

using issuance::log::Leaf;
using Pending = std::unique_ptr<ObjectSink::Pending>;

const CrlConfiguration& crl_configuration(const Authority& authority) {
  return *authority.revocation.crl_configuration;
}

bool is_published(const Authority& authority, const Crl& crl, TimePoint now) {
  return publishes_crls(authority, now) && !is_abandoned(authority, crl, now);
}

std::int64_t id_of(const std::string& key) {
  std::int64_t id = 0;
  std::from_chars(key.data(), key.data() + key.size(), id);
  return id;
}

ObjectSink::Target target_of(const Authority& authority, const CrlLocation& location,
                             std::string key, std::string content_type) {
  return {.authority_arn = authority.arn.text(),
          .account = std::string(authority.arn.account()),
          .region = std::string(authority.arn.region()),
          .bucket = location.bucket,
          .key = std::move(key),
          .acl = crl_configuration(authority).s3_object_acl.value_or(ObjectAcl::PublicRead),
          .content_type = std::move(content_type)};
}

std::string pem_key(std::string key) { return key.replace(key.size() - 4, 4, ".pem"); }

// The two files of a CRL as they are written.
class Files {
 public:
  static Result<Files> begin(ObjectSink& sink, const Authority& authority,
                             const CrlLocation& location, bool with_pem) {
    Files files;
    auto der = sink.begin(target_of(authority, location, location.key, "application/pkix-crl"));
    if (!der) return der.error();
    files.der_ = *std::move(der);
    if (!with_pem) return files;
    auto pem =
        sink.begin(target_of(authority, location, pem_key(location.key), "application/x-pem-file"));
    if (!pem) return pem.error();
    files.pem_ = *std::move(pem);
    return files;
  }

  Outcome append(ByteView octets) {
    if (const auto done = der_->append(octets); !done || !pem_) return done;
    encoder_.add(octets, text_);
    return text_.size() < 65'536 ? Outcome() : flush();
  }

  Outcome finish() {
    if (const auto done = der_->finish(); !done || !pem_) return done;
    encoder_.finish(text_);
    if (const auto done = flush(); !done) return done;
    return pem_->finish();
  }

  Outcome store(sql::Transaction& tx) const {
    if (const auto done = der_->store(tx); !done || !pem_) return done;
    return pem_->store(tx);
  }

 private:
  Outcome flush() {
    const auto done = pem_->append(as_bytes(text_));
    text_.clear();
    return done;
  }

  Pending der_;
  Pending pem_;  // may be null
  asn1::PemEncoder encoder_{asn1::kCrlLabel};
  std::string text_;
};

// Signs what is listed in this view.
Result<issuance::SignedCrl> sign(sql::Snapshot& view, const issuance::Issuer& issuer,
                                 const issuance::CrlOrder& order, std::int64_t crl, Files& files) {
  const auto octets = entries_size(view, crl);
  if (!octets) return octets.error();
  const auto replay = [&](const issuance::OctetSink& use) {
    Outcome used;
    const auto read = each_run(view, crl, [&](ByteView run) {
      used = use(run);
      return used.has_value();
    });
    return read ? used : read;
  };
  return issuance::sign_crl(issuer, order, {.octets = *octets, .replay = replay},
                            [&](ByteView piece) { return files.append(piece); });
}

}  // namespace

struct CrlPublisher::Draft {
  Crl before;
  std::int64_t number = 0;
  TimePoint produced_at;
  TimePoint next_update;
  CrlLocation location;
  Files files;
  issuance::SignedCrl signed_crl;

  // The next one is due when half of its time is over.
  TimePoint refresh_at() const { return produced_at + (next_update - produced_at) / 2; }
};

Outcome promise_crl(sql::Transaction& tx, std::int64_t crl, TimePoint due) {
  return jobs::add(tx, {.kind = std::string(CrlPublisher::job_kind),
                        .key = std::to_string(crl),
                        .due = due,
                        .payload = {}});
}

Outcome promise_crls(sql::Transaction& tx, const Authority& authority, TimePoint now) {
  if (!publishes_crls(authority, now)) return {};
  if (const auto prepared = prepare_crl(tx, authority); !prepared) return prepared;
  const auto crls = crls_of(tx, authority.id);
  if (!crls) return crls.error();
  for (const auto& crl : *crls) {
    if (!is_published(authority, crl, now)) continue;
    if (const auto done = promise_crl(tx, crl.id, now); !done) return done;
  }
  return {};
}

CrlPublisher::CrlPublisher(sql::Database& database, const Clock& clock,
                           ReadyAuthorities& authorities, ObjectSink& sink, Log& log,
                           Settings settings)
    : database_(database),
      clock_(clock),
      authorities_(authorities),
      sink_(sink),
      log_(log),
      settings_(settings) {}

Result<jobs::Verdict> CrlPublisher::publish(const jobs::Execution& execution) {
  const auto now = clock_.now();
  const auto crl =
      database_.read([&](sql::Snapshot& view) { return find_crl(view, id_of(execution.key)); });
  if (!crl) return crl.error();
  if (!*crl) return jobs::Verdict::done();
  const auto ready = authority_of(**crl);
  if (!ready) return ready.error();
  if (!*ready || !is_published((*ready)->authority, **crl, now)) return jobs::Verdict::done();
  if (const auto dropped = drop_ended_entries(**crl); !dropped) return dropped.error();

  const auto drafted = draft(**ready, **crl, now);
  const auto done = drafted ? store(**ready, *drafted) : Outcome(drafted.error());
  if (done) {
    ++published_;
    return jobs::Verdict::again(drafted->refresh_at());
  }
  ++failed_;
  log_.warning("crl.not_published", {{"ca", (*ready)->authority.arn.text()},
                                     {"partition", (*crl)->partition},
                                     {"cause", done.error().cause}});
  return jobs::Verdict::again(now + settings_.crl_retry);
}

Result<ReadyAuthorities::Found> CrlPublisher::authority_of(const Crl& crl) const {
  const auto arn = database_.read([&](sql::Snapshot& view) { return arn_of(view, crl.ca); });
  if (!arn) return arn.error();
  return authorities_.find(*arn, ReadyAuthorities::From::Database);
}

// The CRL before listed them once more after their end.
Outcome CrlPublisher::drop_ended_entries(const Crl& crl) {
  if (crl.number == 0) return {};
  bool more = true;
  while (more) {
    const auto dropped = database_.write(
        [&](sql::Transaction& tx) { return drop_ended(tx, crl.id, crl.produced_at); });
    if (!dropped) return dropped.error();
    more = *dropped;
  }
  return {};
}

Result<CrlPublisher::Draft> CrlPublisher::draft(const ReadyAuthority& ready, const Crl& crl,
                                                TimePoint now) {
  const auto& authority = ready.authority;
  const auto& wanted = crl_configuration(authority);
  auto location = location_of(authority, crl);
  auto files = Files::begin(sink_, authority, location, settings_.crl_as_pem);
  if (!files) return files.error();
  Draft draft{.before = crl,
              .number = std::max(crl.number + 1, to_millis(now)),
              .produced_at = now,
              .next_update = now + std::chrono::days{*wanted.expiration_in_days},
              .location = std::move(location),
              .files = *std::move(files),
              .signed_crl = {}};
  issuance::CrlOrder order{
      .signature_algorithm = *spoken(authority.configuration.signing_algorithm),
      .this_update = now - settings_.crl_backdating,
      .next_update = draft.next_update,
      .number = static_cast<std::uint64_t>(draft.number)};
  if (has_partitions(authority)) order.distribution_point = draft.location.uri;
  auto made = database_.read(
      [&](sql::Snapshot& view) { return sign(view, ready.issuer, order, crl.id, draft.files); });
  if (!made) return made.error();
  draft.signed_crl = *made;
  if (const auto finished = draft.files.finish(); !finished) return finished.error();
  return draft;
}

Outcome CrlPublisher::store(const ReadyAuthority& ready, const Draft& draft) {
  const auto& authority = ready.authority;
  return database_.write([&](sql::Transaction& tx) -> Outcome {
    const auto position = issuance::log::append(
        tx, {.kind = Leaf::Kind::Crl,
             .time = draft.produced_at,
             .authority = authority.arn.text(),
             .object = crl_object(authority.arn.text(), draft.before.partition, draft.number),
             .digest = draft.signed_crl.digest});
    if (!position) return position.error();
    const auto recorded = record_publication(tx, draft.before,
                                             {.number = draft.number,
                                              .produced_at = draft.produced_at,
                                              .next_update = draft.next_update,
                                              .bucket = draft.location.bucket,
                                              .key = draft.location.key,
                                              .digest = draft.signed_crl.digest,
                                              .log_position = *position});
    if (!recorded) return recorded;
    return draft.files.store(tx);
  });
}

}  // namespace everseal::acmpca
