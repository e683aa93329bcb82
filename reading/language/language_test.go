package language

import (
	"testing"

	"github.com/onrecord/onrecord/lexicon/en"
)

func TestIdentify(t *testing.T) {
	k := New(en.Lexicon)
	for _, c := range []struct{ text, declared, want string }{
		{"The harbour board said on Tuesday that the ferry would sail again once its engine had been mended, and that nobody would have to pay twice for a ticket which was bought before the storm.", "", "en"},
		{"The harbour board said on Tuesday that the ferry would sail again once its engine had been mended, and that nobody would have to pay twice for a ticket which was bought before the storm.", "de", "en"},
		{"Ferry to sail again", "", ""},
		{"Fähre fährt wieder", "de-AT", "de-AT"},
		{"Orrell: Vance; Hask, Doyle, Prior, Mensah; Kiptoo, Ray, Sorrell; Adeyemi, Cole, Finn. Marle: Lund, Brekke, Aker, Rosling, Prate; Amos, Tolland, Rasch; Holm, Marsh, Varga, Quist. Referee: S. Hewitt.", "en", "en"},
		{"Der Sprecher des Hafenamts bestritt am Dienstag, dass die Fähre wegen eines Motorschadens ausgefallen sei. Man habe 12.500 Fahrgäste befördert, sagte er, und keiner von ihnen habe sich beschwert. Die Reederei wollte sich dazu nicht äußern.", "en", "de"},
		{"Le porte-parole du port a démenti mardi que le bac soit resté à quai à cause d'une panne. Selon lui, 12 500 passagers ont été transportés sans incident, et la compagnie n'a pas souhaité répondre à nos questions.", "", "fr"},
		{"El portavoz del puerto negó el martes que el transbordador se hubiera quedado en el muelle por una avería. Según él, se transportó a más de doce mil pasajeros sin incidentes, y la empresa no quiso hacer comentarios.", "", "es"},
		{"Il portavoce del porto ha smentito martedì che il traghetto sia rimasto fermo per un guasto. Secondo lui sono stati trasportati oltre dodicimila passeggeri senza incidenti, e la compagnia non ha voluto commentare.", "", "it"},
		{"O porta-voz do porto negou na terça-feira que a balsa tivesse ficado parada por causa de uma avaria. Segundo ele, mais de doze mil passageiros foram transportados sem incidentes, e a empresa não quis comentar.", "", "pt"},
		{"De woordvoerder van de haven ontkende dinsdag dat de veerboot door een defect aan de kade was gebleven. Volgens hem zijn er ruim twaalfduizend reizigers zonder problemen vervoerd, en de rederij wilde niet reageren.", "", "nl"},
		{"Rzecznik portu zaprzeczył we wtorek, jakoby prom nie wypłynął z powodu awarii silnika. Jego zdaniem przewieziono ponad dwanaście tysięcy pasażerów bez żadnych zakłóceń, a armator nie chciał komentować sprawy.", "", "pl"},
		{"Liman sözcüsü salı günü vapurun arıza nedeniyle iskelede kaldığı iddiasını yalanladı. Ona göre on iki binden fazla yolcu sorunsuz taşındı ve şirket konuyla ilgili sorulara yanıt vermek istemedi.", "", "tr"},
		{"Juru bicara pelabuhan pada hari Selasa membantah bahwa kapal feri tertahan di dermaga karena kerusakan mesin. Menurut dia, lebih dari dua belas ribu penumpang telah diangkut tanpa gangguan, dan perusahaan tidak bersedia berkomentar.", "", "id"},
		{"Представитель порта во вторник опроверг сообщения о том, что паром остался у причала из-за поломки. По его словам, перевезено более двенадцати тысяч пассажиров, а компания от комментариев отказалась.", "", "ru"},
		{"Речник порту у вівторок спростував повідомлення про те, що пором залишився біля причалу через поломку. За його словами, перевезено понад дванадцять тисяч пасажирів, а компанія від коментарів відмовилася.", "", "uk"},
		{"نفى المتحدث باسم الميناء يوم الثلاثاء أن تكون العبارة قد بقيت في الرصيف بسبب عطل، وقال إن أكثر من اثني عشر ألف راكب نقلوا دون حوادث، ورفضت الشركة التعليق.", "", "ar"},
		{"港口发言人周二否认渡轮因故障停在码头。他说，已有一万两千多名乘客顺利过海，公司拒绝置评。", "", "zh"},
		{"港の広報担当者は火曜日、フェリーが故障で桟橋にとどまっていたことを否定した。一万二千人以上の乗客が無事に運ばれたという。", "", "ja"},
		{"항만 대변인은 화요일 여객선이 고장으로 부두에 머물렀다는 보도를 부인했다. 그는 승객 만 이천여 명이 무사히 이동했다고 말했다.", "", "ko"},
		{"Ο εκπρόσωπος του λιμανιού διέψευσε την Τρίτη ότι το πορθμείο έμεινε στην προβλήτα λόγω βλάβης και είπε ότι μεταφέρθηκαν πάνω από δώδεκα χιλιάδες επιβάτες.", "", "el"},
		{"", "", ""},
		{"12,500 - 3.4 - 2031", "", ""},
	} {
		if got := k.Identify(c.text, c.declared); got != c.want {
			t.Errorf("%q, declared %q: %q, want %q", c.text, c.declared, got, c.want)
		}
	}
}

// TestTie holds that nothing is said of the language where two are as likely: the library names now the one and now the other.
func TestTie(t *testing.T) {
	k := New(en.Lexicon)
	const text = "૮⃟¥a(\uec59ᾪෞ𐞑"
	for range 100 {
		if got := k.Identify(text, ""); got != "" {
			t.Fatalf("%q", got)
		}
	}
}

func TestName(t *testing.T) {
	for tag, want := range map[string]string{"de": "German", "pt-BR": "Portuguese", "en": "English", "zh": "Chinese", "ar": "Arabic", "no": "Norwegian", "x-junk": "x-junk", "x": "x"} {
		if got := Name(tag); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}
