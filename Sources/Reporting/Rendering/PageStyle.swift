/// The one style sheet of all pages, inline in each. Contrast of every text colour on its ground is at least 4.5 to 1 (WCAG 2.2, 1.4.3).
enum PageStyle {
  static let css: StaticString = """
    :root{color-scheme:light dark;--paper:#fcfbf8;--card:#fff;--ink:#1d1c1a;--soft:#5d5953;--line:#ddd8cf;--link:#1a5490;
    --critical:#ad1f1a;--warning:#8a4b00;--notice:#1a5490;--info:#5d5953;--good:#1c6b3c;--plain:#5d5953}
    @media(prefers-color-scheme:dark){:root{--paper:#171614;--card:#201f1c;--ink:#ece8e1;--soft:#aba59b;--line:#3b3833;--link:#8dbdf2;
    --critical:#ff8f86;--warning:#f2b35e;--notice:#8dbdf2;--info:#aba59b;--good:#7fd19b;--plain:#aba59b}}
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:54rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);
    font:1.0625rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
    a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.15em}
    a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
    header{border-bottom:1px solid var(--line);padding-bottom:1rem}
    .brand{margin:0;color:var(--soft);font-size:.85rem;letter-spacing:.08em;text-transform:uppercase}
    .site ul{margin:.35rem 0 1rem}.site a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
    a.title{color:inherit;text-decoration-color:var(--soft)}
    h1{font-size:clamp(1.6rem,5vw,2.2rem);line-height:1.2;margin:.2rem 0 .6rem;letter-spacing:-.01em}
    h2{font-size:1.35rem;line-height:1.3;margin:2.6rem 0 .7rem;letter-spacing:-.01em}
    h3{font-size:1.02rem;margin:1.7rem 0 .5rem;color:var(--soft)}
    p{margin:.4rem 0}.summary,.note,.more{color:var(--soft)}.summary{margin:.15rem 0}.note,.more{font-size:.92rem}
    nav ul{list-style:none;margin:.9rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.92rem}
    ol,ul{padding:0;margin:.6rem 0}
    ol.headline{list-style:none;counter-reset:n}
    ol.headline>li{counter-increment:n;position:relative;padding:.55rem 0 .55rem 2rem;border-bottom:1px solid var(--line)}
    ol.headline>li::before{content:counter(n);position:absolute;left:.2rem;top:.58rem;color:var(--soft);font-variant-numeric:tabular-nums}
    ol.headline a{color:inherit;text-decoration-color:var(--soft)}
    ol.headline .place a{color:var(--link)}
    .cards,.lines{list-style:none}
    .cards>li{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--tone,var(--line));border-radius:6px;
    padding:.7rem 1rem .8rem;margin:.8rem 0}
    .lines>li{padding:.45rem 0;border-bottom:1px solid var(--line)}.lines>li:last-child,ol.headline>li:last-child{border-bottom:0}
    li p:first-child{margin-top:0}
    li:target{outline:3px solid var(--link);outline-offset:4px;border-radius:4px}
    .tone-critical{--tone:var(--critical)}.tone-warning{--tone:var(--warning)}.tone-notice{--tone:var(--notice)}
    .tone-info{--tone:var(--info)}.tone-good{--tone:var(--good)}.tone-plain{--tone:var(--plain)}
    .badge{display:inline-block;color:var(--tone);border:1px solid currentColor;border-radius:4px;padding:0 .45em;margin-right:.35em;
    font-size:.78rem;font-weight:600;line-height:1.6;vertical-align:.08em}
    figure{margin:.5rem 0 .2rem;padding-left:.9rem;border-left:2px solid var(--line)}
    blockquote,blockquote p{margin:0}blockquote{font-family:ui-serif,Georgia,"Noto Serif","DejaVu Serif",serif;font-size:.98rem}
    .sides{display:grid;grid-template-columns:1fr 1fr;gap:0 1.2rem}
    svg.meter{display:inline-block;width:2.4rem;height:.5rem;margin:0 0 0 .5rem}svg.meter rect{fill:var(--tone)}
    figcaption,.place{font-size:.86rem;color:var(--soft)}
    code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.88em;background:var(--card);border:1px solid var(--line);
    border-radius:4px;padding:.05em .35em}
    .table{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.94rem;overflow-wrap:normal}
    caption{text-align:left;color:var(--soft);font-size:.88rem;padding-bottom:.3rem}
    th,td{text-align:left;vertical-align:top;padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--line)}
    thead th{color:var(--soft);font-weight:600;font-size:.86rem;white-space:nowrap}tbody th{font-weight:600}
    .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
    .also{list-style:none;margin:.5rem 0 0;padding:0}.also>li{padding:.3rem 0 .2rem;border-top:1px solid var(--line)}
    .also strong{font-weight:500}td .place{overflow-wrap:anywhere}
    .lines .also{margin:.15rem 0 0 1rem}.lines .also>li{border:0;padding:.1rem 0;font-size:.94rem}
    .chart{overflow-x:auto}.chart svg{display:block;width:100%;min-width:40rem;height:auto;margin:.3rem 0 .6rem}
    .key{font-size:.82rem;color:var(--soft);margin:-.3rem 0 .4rem;white-space:pre-wrap}
    details{margin:.4rem 0 1rem}summary{cursor:pointer;color:var(--link);font-size:.92rem}tr:target{outline:3px solid var(--link)}
    svg text{font:12px ui-sans-serif,system-ui,"DejaVu Sans",sans-serif;fill:var(--soft)}
    svg .label{fill:var(--ink)}svg .axis,svg .lane{stroke:var(--line);stroke-width:1}svg .lane{stroke-dasharray:2 4}
    svg .path{fill:none;stroke:var(--soft);stroke-width:1.5;opacity:.6}
    svg .point{fill:var(--tone);stroke:var(--paper);stroke-width:1.5}svg .soft .point{fill:var(--paper);stroke:var(--tone);stroke-width:2}
    svg .span{stroke:var(--tone);stroke-width:4;stroke-linecap:round;opacity:.45}svg a:focus-visible .point{stroke:var(--link);stroke-width:3}
    body>footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--soft);font-size:.86rem}
    @media(max-width:40rem){.sides{display:block}body{padding:1.2rem 1rem 3rem;font-size:1rem}
    thead{position:absolute;left:-99rem}table,tbody,tr,td,tbody th,caption{display:block}
    tbody tr{border-bottom:1px solid var(--line);padding:.5rem 0}th,td{border:0;padding:.1rem 0}
    .key::after{content:"\\A The picture scrolls sideways."}
    td::before{content:attr(data-label) ": ";color:var(--soft)}.number{text-align:left}td:empty{display:none}}
    @media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--link:#000}
    body{max-width:none;padding:0;font-size:10.5pt}nav,.skip{display:none}
    .chart{overflow:visible}.chart svg{min-width:0}details::details-content{content-visibility:visible;block-size:auto}summary{display:none}
    svg *{print-color-adjust:exact;-webkit-print-color-adjust:exact}.cards>li,figure,tr{break-inside:avoid}h2,h3{break-after:avoid}}

    """
}
