using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Members;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>CARE-01: a member is greeted on their birthday, once in a year. Pure.</summary>
/// <remarks>
/// What is kept in the clear tells the date of nobody: only years, and a time to look that lies some days before: how
/// many follows from a secret of the app. The day itself stands in a message only from then on.
/// </remarks>
public static class BirthdayRules
{
    /// <summary>Days that it must have been told before: so that nobody has one whenever it is of use.</summary>
    public const int SetDaysMin = 30;

    private const int LookDaysMin = 3;
    private const int LookDaysMax = 14;
    private const int MinutesPerDay = 24 * 60;

    private static readonly TimeSpan TimeOfDay = TimeSpan.FromHours(10);

    /// <summary>How long before a member's birthday somebody looks: spread over days and minutes.</summary>
    /// <param name="hash">Of the member, under a secret of the app.</param>
    public static TimeSpan LeadOf(ReadOnlySpan<byte> hash)
    {
        var spread = BinaryPrimitives.ReadUInt32BigEndian(hash) % ((LookDaysMax - LookDaysMin) * MinutesPerDay);
        return TimeSpan.FromMinutes((LookDaysMin * MinutesPerDay) + spread);
    }

    /// <summary>The next that counts: the first that is not over, nor of a year that has had its own.</summary>
    public static ChinaDay Next(Birthday birthday, BirthdayYear? last, DateTimeOffset now)
    {
        var (today, year) = (ChinaDay.Of(now), Math.Max(ChinaDay.Of(now).Date.Year, (last?.Year ?? 0) + 1));
        while (In(birthday, year) is var day && (day.Date < today.Date || !IsOldEnough(birthday, day))) year++;
        return In(birthday, year);
    }

    /// <summary>It is time to plan the next greeting, or not yet.</summary>
    /// <param name="lead">Of the member.</param>
    public static Decision<BirthdayPlanned> Plan(
        BirthdayState state, Birthday birthday, TimeSpan lead, DateTimeOffset now)
    {
        if (MemberStanding.IsGone(state.Member)) return MemberRefusals.Missing;
        if (state.Member!.MergedInto is not null) return MemberRefusals.Merged;
        var day = Next(birthday, state.Last, now);
        if (now < day.Start - lead) return Decision<BirthdayPlanned>.Nothing;
        return new BirthdayPlanned(new BirthdayYear(day.Date.Year), now, TouchOf(state.Member.Id, day, now));
    }

    /// <summary>AUTH-10: what another account of theirs was greeted for is not greeted again.</summary>
    public static Decision<BirthdayPlanned> Join(BirthdayState state, BirthdayYear other, DateTimeOffset now)
    {
        if (state.Member?.MergedInto is not null) return MemberRefusals.Merged;
        return state.Last?.Year >= other.Year
            ? Decision<BirthdayPlanned>.Nothing
            : new BirthdayPlanned(other, now);
    }

    /// <summary>Whether it is the member's birthday, and was when there was nothing to gain by it.</summary>
    public static bool Stands(Birthday? birthday, MemberStanding? member, string occasionId, DateTimeOffset now)
    {
        var today = ChinaDay.Of(now);
        return birthday is not null && MemberStanding.WhyNot(member) is null
            && occasionId == IdOf(today) && In(birthday, today.Date.Year) == today && IsOldEnough(birthday, today);
    }

    // Who was born on 29 February has it on the 28th where there is none.
    private static ChinaDay In(Birthday birthday, int year) => new(new DateOnly(
        year, birthday.Month, Math.Min(birthday.Day, DateTime.DaysInMonth(year, birthday.Month))));

    private static bool IsOldEnough(Birthday birthday, ChinaDay day) =>
        birthday.SetAt.AddDays(SetDaysMin) <= day.Start;

    private static string IdOf(ChinaDay day) => day.Date.Year.ToString(CultureInfo.InvariantCulture);

    private static TouchPlannedV1 TouchOf(string memberId, ChinaDay day, DateTimeOffset now) => new(
        memberId,
        Occasion.Birthday,
        IdOf(day),
        ReminderTexts.Values("生日快乐", amount: null, endsAt: null, "祝您生日快乐，来看看为您准备的礼遇"),
        "pages/birthday/index",
        PromotionId: null,
        NotBefore: day.Start + TimeOfDay,
        Until: day.Next.Start,
        now);
}

/// <summary>The newest year whose greeting was planned.</summary>
public sealed record BirthdayYear(int Year);

/// <summary>What the rules look at.</summary>
/// <param name="Last">Null before the first.</param>
public sealed record BirthdayState(MemberStanding? Member, BirthdayYear? Last);

/// <summary>A greeting is planned, or was for another account of the member's.</summary>
/// <param name="Touch">Null for none here. It has the day in it, so the operation's record goes without it.</param>
public sealed record BirthdayPlanned(
    BirthdayYear Last, DateTimeOffset At, [property: JsonIgnore] TouchPlannedV1? Touch = null);
